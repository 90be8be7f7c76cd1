package dev.drey.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {

  @Test
  void theEvaluationOfAVersionComesBeforeTheStepThatChangesIt() {
    List<Round> inOrder =
        List.of(
            Round.evaluation(0),
            Round.training(0),
            Round.evaluation(1),
            Round.training(1),
            Round.evaluation(2));

    assertThat(inOrder).isSorted();
    assertThat(Stream.iterate(Round.evaluation(0), Round::next).limit(5)).isEqualTo(inOrder);
  }

  @Test
  void roundsAreNamedInMessages() {
    assertThat(Round.training(7)).hasToString("step 7");
    assertThat(Round.evaluation(7)).hasToString("evaluation of version 7");
  }

  /** Checkpoints hold them. */
  @Test
  void codesNeverChange() {
    assertThat(Round.Kind.TRAINING.code()).isEqualTo((byte) 1);
    assertThat(Round.Kind.EVALUATION.code()).isEqualTo((byte) 2);
  }

  @ParameterizedTest
  @EnumSource
  void aKindIsFoundByItsCode(Round.Kind kind) {
    assertThat(Round.Kind.of(kind.code())).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 3, -1})
  void anUnknownCodeIsRefusedWithItsNumber(byte code) {
    assertThatThrownBy(() -> Round.Kind.of(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a round is of kind " + code + ", must be one of 1 (training), 2 (evaluation)");
  }
}
