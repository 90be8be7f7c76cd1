package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.work.Round;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LeftOutTest {

  private static final Round STEP = Round.training(4);

  @Test
  void asManySlotsAsMayMissAreLeftOut() {
    LeftOut leftOut = new LeftOut(2);

    assertThat(leftOut.grant(STEP, 7)).isTrue();
    assertThat(leftOut.grant(STEP, 0)).isTrue();
    assertThat(leftOut.grant(STEP, 3)).isFalse();
    assertThat(leftOut.grant(Round.evaluation(4), 3)).isTrue();
    assertThat(leftOut.slots().get(STEP)).containsExactly(0, 7);
  }

  @Test
  void withoutAQuorumNoneIs() {
    LeftOut leftOut = new LeftOut(0);

    assertThat(leftOut.grant(STEP, 7)).isFalse();
    assertThat(leftOut.slots()).isEmpty();
  }

  @Test
  void roundsThatAreDoneAreForgotten() {
    LeftOut leftOut = new LeftOut(1);
    leftOut.grant(STEP, 1);
    leftOut.grant(Round.training(5), 1);
    leftOut.grant(Round.evaluation(4), 1);
    leftOut.grant(Round.evaluation(5), 1);

    leftOut.done(progress(5, 4));

    assertThat(leftOut.slots().keySet()).containsExactly(Round.evaluation(5), Round.training(5));
  }

  /** Questions, repeated ones too, and restores in any order. */
  @Test
  void whateverIsAskedTheVerdictOfASlotStands() {
    SplittableRandom random = new SplittableRandom(4);
    for (int run = 0; run < 100; run++) {
      int mayMiss = random.nextInt(4);
      LeftOut leftOut = new LeftOut(mayMiss);
      Map<String, Boolean> verdicts = new HashMap<>();
      Map<Round, Set<Integer>> granted = new HashMap<>();
      for (int question = 0; question < 60; question++) {
        Round round = Round.training(random.nextInt(3));
        int slot = random.nextInt(6);
        boolean verdict = leftOut.grant(round, slot);
        assertThat(verdicts.merge(round + "/" + slot, verdict, (before, now) -> before))
            .isEqualTo(verdict);
        if (verdict) {
          granted.computeIfAbsent(round, r -> new TreeSet<>()).add(slot);
        }
        if (random.nextInt(10) == 0) {
          LeftOut restored = new LeftOut(mayMiss);
          restored.reset(leftOut.slots());
          leftOut = restored;
        }
      }
      assertThat(leftOut.slots()).isEqualTo(granted);
      assertThat(granted.values()).allMatch(slots -> slots.size() <= mayMiss);
    }
  }

  private static Progress progress(long version, long evaluated) {
    return new Progress(
        version,
        Tally.ZERO,
        Tally.ZERO,
        evaluated,
        Tally.ZERO,
        0,
        ExampleAccount.NONE,
        Tally.ZERO,
        StepTimes.NONE);
  }
}
