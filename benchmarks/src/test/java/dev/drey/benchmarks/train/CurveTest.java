package dev.drey.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {

  private static final double ROUNDING = 1e-9;

  /** Three epochs of four steps of 0.1 s, 10 examples each; evaluations take 0.5 s. */
  private static Curve threeEpochs() {
    long[] examples = new long[12];
    double[] seconds = new double[12];
    for (int i = 0; i < 12; i++) {
      examples[i] = 10L * (i + 1);
      seconds[i] = 0.1 * (i + 1) + 0.5 * Math.floorDiv(i, 4);
    }
    return new Curve(examples, seconds);
  }

  @Test
  void speedIsOfTheEpochsAfterTheWarmUp() {
    Speed speed = threeEpochs().speed(4, 1);

    assertThat(speed.steps()).isEqualTo(8);
    assertThat(speed.examples()).isEqualTo(80);
    assertThat(speed.seconds()).isCloseTo(1.8, within(ROUNDING));
  }

  @Test
  void evaluationsDoNotCountAsTraining() {
    assertThat(threeEpochs().speed(4, 1).trainingExamplesPerSecond()).isCloseTo(100, within(1e-6));
  }

  @Test
  void stepTimeIsByTheClockBetweenTwoSteps() {
    assertThat(threeEpochs().millisPerStep(1, 4)).isCloseTo(100, within(1e-6));
  }

  @Test
  void warmUpMustLeaveAnEpoch() {
    assertThatThrownBy(() -> threeEpochs().speed(4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 epochs of warm-up");
  }

  @Test
  void readsTheColumnsByName(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("curve.csv");
    Files.writeString(file, "step,epoch,examples,loss,seconds\n1,0.5,256,,0.25\n2,1.0,500,2,0.5\n");

    Curve curve = Curve.read(file);

    assertThat(curve.examples()).containsExactly(256, 500);
    assertThat(curve.seconds()).containsExactly(0.25, 0.5);
  }

  @Test
  void aMissingStepIsTold(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("curve.csv");
    Files.write(file, List.of("step,examples,seconds", "1,256,0.25", "3,768,0.5"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Curve.read(file))
        .withMessageContaining("line 3 is not step 2");
  }
}
