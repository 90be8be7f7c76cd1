package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryModelTest {

  /** The fit of case B of Feng et al. (2018): 17.10 + 0.702 sums + 4.255 levels. */
  private static final StepModel CASE_B = new StepModel(17.10, 0.702, 4.255, new OnFunctions());

  private static final Structure TREE = Structure.of(1, 5, 22, 100);
  private static final Span MEMORY = new Span(512, 3008);
  private static final double DOLLARS_PER_MB_SECOND = 1.63e-8;

  private final MemoryModel model = new MemoryModel(CASE_B, 1536, 0);

  @Test
  void timeFallsWithMemoryUpToAWholeProcessor() {
    List<MemoryPoint> points = model.points(TREE, MEMORY, 98.3e11, DOLLARS_PER_MB_SECOND);

    MemoryPoint measured = points.get(1536 - 512);
    assertThat(measured.memoryMb()).isEqualTo(1536);
    assertThat(measured.seconds()).isCloseTo(CASE_B.seconds(TREE), within(1e-9));
    assertThat(measured.dollars())
        .isCloseTo(1.63e-8 * 100 * 1536 * measured.seconds(), within(1e-12));
    assertThat(measured.ratio())
        .isCloseTo(98.3e11 / (measured.dollars() * measured.seconds()), within(1.0));
    assertThat(model.seconds(TREE, 768) - model.seconds(TREE, 1536))
        .as("half the processor takes c once more")
        .isCloseTo(17.10, within(1e-9));
    assertThat(model.seconds(TREE, 3008)).isEqualTo(model.seconds(TREE, 1769));
  }

  /** With t = a / z + b, C = p n (a + b z), and C t is least where z = a / b. */
  @Test
  void theBestRatioIsWhereTheFormulaSays() {
    double a = 17.10 * 1536;
    double b = CASE_B.seconds(TREE) - 17.10;

    MemoryPoint best =
        model.points(TREE, MEMORY, 98.3e11, DOLLARS_PER_MB_SECOND).stream()
            .max(Comparator.comparing(MemoryPoint::ratio))
            .orElseThrow();

    assertThat((double) best.memoryMb()).isCloseTo(a / b, within(1.0));
  }

  @Test
  void wrongInputsAreRefused() {
    assertThatThrownBy(() -> new MemoryModel(CASE_B, 0, 0))
        .hasMessage("memory in MB is 0, must be at least 1");
    assertThatThrownBy(() -> new MemoryModel(CASE_B, 1536, 2))
        .hasMessage("parallel share is 2.0, must be in [0, 1]");
    assertThatThrownBy(() -> model.points(TREE, MEMORY, 0, 1))
        .hasMessage("FLOP is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> model.points(TREE, MEMORY, 1, -1))
        .hasMessage("dollars per MB and second is -1.0, must be above 0 and finite");
  }
}
