package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.operators.loop.Generation;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StructureChangesTest {

  private static final Structure BEFORE = Structure.of(1, 100);
  private static final Generation NOW = new Generation(1, Structure.of(1, 10, 100), 240);

  private static String sentence(OptionalDouble seconds, OptionalDouble insteadOf) {
    return StructureChanges.sentence(
        BEFORE, NOW, new StructureAdvisor.Advice(NOW.structure(), seconds, insteadOf));
  }

  @Test
  void aChangeIsToldWithWhatIsExpectedOfIt() {
    assertThat(sentence(OptionalDouble.of(0.0462), OptionalDouble.of(0.0698)))
        .isEqualTo(
            "structure [1,100] -> [1,10,100] from step 240 on: predicted 46 instead of 70 ms a"
                + " step");
  }

  @Test
  void shortStepsAreToldMoreExactly() {
    assertThat(sentence(OptionalDouble.of(0.00123), OptionalDouble.empty()))
        .endsWith(": predicted 1.2 ms a step");
  }

  @Test
  void whatNobodyKnowsIsLeftOut() {
    assertThat(sentence(OptionalDouble.empty(), OptionalDouble.empty()))
        .isEqualTo("structure [1,100] -> [1,10,100] from step 240 on");
  }
}
