package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.Permutation;
import dev.drey.core.work.Round;
import org.junit.jupiter.api.Test;

class ClosedRoundsTest {

  @Test
  void whatWasAddedIsClosedAndNothingElse() {
    ClosedRounds closed = new ClosedRounds(0);
    closed.add(step(0));
    closed.add(step(2));
    closed.add(evaluation(2));

    assertThat(closed.contains(step(0))).isTrue();
    assertThat(closed.contains(step(1))).isFalse();
    assertThat(closed.contains(step(2))).isTrue();
    assertThat(closed.contains(step(3))).isFalse();
    assertThat(closed.contains(evaluation(2))).isTrue();
    assertThat(closed.contains(evaluation(3))).isFalse();
  }

  @Test
  void stepsInAnyOrderLeaveTheMarkAlone() {
    for (long seed = 0; seed < 20; seed++) {
      ClosedRounds closed = new ClosedRounds(0);
      for (int step : Permutation.of(30, seed)) {
        assertThat(closed.contains(step(step))).isFalse();
        closed.add(step(step));
        assertThat(closed.contains(step(step))).isTrue();
        closed = ClosedRounds.of(closed.toArray());
        assertThat(closed.contains(step(step))).isTrue();
      }

      assertThat(closed.toArray()).containsExactly(30, 0);
    }
  }

  @Test
  void aNodeThatIsNewHoldsNothingBeforeItsFirstStep() {
    ClosedRounds closed = new ClosedRounds(7);
    assertThat(closed.contains(step(6))).isTrue();
    assertThat(closed.contains(step(7))).isFalse();
    assertThat(closed.contains(evaluation(7))).isFalse();

    closed.add(step(8));
    closed.add(step(7));

    assertThat(closed.toArray()).containsExactly(9, 0);
  }

  private static Round step(long step) {
    return Round.training(step);
  }

  private static Round evaluation(long version) {
    return Round.evaluation(version);
  }
}
