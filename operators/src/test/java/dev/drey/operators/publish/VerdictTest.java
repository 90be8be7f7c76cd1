package dev.drey.operators.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.operators.publish.Verdict.Comparison;
import dev.drey.operators.publish.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  @Test
  void aCandidateThatIsNotWorseIsPublished() {
    Comparison comparison = new Comparison(100, 500, 0.2, 0.3);

    assertThat(Verdict.of(new GateRule(500, 0), comparison))
        .isEqualTo(new Verdict(Outcome.PUBLISHED, "it is not worse", comparison));
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.3, 0, PUBLISHED",
    "0.30001, 0.3, 0, REFUSED",
    "0.33, 0.3, 0.11, PUBLISHED",
    "0.34, 0.3, 0.11, REFUSED",
    "0, 0, 0, PUBLISHED",
    "Infinity, 0.3, 1, REFUSED",
    "0.3, Infinity, 0, PUBLISHED",
    "Infinity, Infinity, 0, REFUSED"
  })
  void lossesAndToleranceDecide(
      double candidate, double published, double tolerance, Outcome outcome) {
    Verdict verdict =
        Verdict.of(new GateRule(1, tolerance), new Comparison(1, 1, candidate, published));

    assertThat(verdict.outcome()).isEqualTo(outcome);
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new GateRule(0, 0)).hasMessageContaining("examples is 0, must be");
    assertThatThrownBy(() -> new GateRule(1, -0.1)).hasMessageContaining("tolerance is -0.1");
    assertThatThrownBy(() -> new GateRule(1, Double.NaN)).hasMessageContaining("tolerance is NaN");
  }
}
