package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleAccountTest {

  private static final int SLOTS = 3;
  private static final long STEPS = 100;

  @Test
  void lateExamplesAreOwedToALaterStepAnEvenShareForEverySlot() {
    ExampleAccount account =
        ExampleAccount.NONE.after(sum(5, late(5, 1, 7, 3, 8), late(3, 1, 2, 9, 4)), 2, STEPS);

    assertThat(account.dropped()).isEqualTo(new Drops(Map.of(DropReason.LATE, 6L)));
    assertThat(account.putBack()).isZero();
    assertThat(account.owed())
        .isEqualTo(
            Map.of(7L, List.of(late(5, 0, 7, 3), late(5, 1, 8), late(3, 1, 2), late(3, 2, 9, 4))));
  }

  @Test
  void whatWasOwedIsPutBackOnceItsStepIsApplied() {
    ExampleAccount account = ExampleAccount.NONE.after(sum(5, late(5, 1, 7, 3)), 2, STEPS);
    assertThat(account.after(sum(6), 2, STEPS)).isEqualTo(account);

    ExampleAccount after = account.after(sum(7), 2, STEPS);

    assertThat(after.putBack()).isEqualTo(2);
    assertThat(after.dropped().total()).isEqualTo(2);
    assertThat(after.owed()).isEmpty();
  }

  @Test
  void whatTheRunHasNoStepForStaysDropped() {
    ExampleAccount account = ExampleAccount.NONE.after(sum(98, late(98, 1, 7)), 2, STEPS);

    assertThat(account.dropped().of(DropReason.LATE)).isOne();
    assertThat(account.owed()).isEmpty();
  }

  @Test
  void examplesThatCannotBeComputedAreNotOfferedAgain() {
    Dropped faulty = new Dropped(DropReason.FAULTY, Round.training(5), 0, new int[] {4}, "");

    ExampleAccount account = ExampleAccount.NONE.after(sum(5, faulty), 2, STEPS);

    assertThat(account.dropped()).isEqualTo(new Drops(Map.of(DropReason.FAULTY, 1L)));
    assertThat(account.owed()).isEmpty();
  }

  @Test
  void aStepThatLacksNothingChangesNothing() {
    assertThat(ExampleAccount.NONE.after(sum(5), 2, STEPS)).isSameAs(ExampleAccount.NONE);
  }

  /** Slots are late or faulty at random, with what they were owed. */
  @Test
  void plannedAndPutBackIsAlwaysCountedAndDropped() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int owedAfter = random.nextInt(1, 5);
      ExampleAccount account = ExampleAccount.NONE;
      long planned = 0;
      long counted = 0;
      int row = 0;
      Map<Integer, Integer> outcomes = new HashMap<>();
      for (long step = 0; step < STEPS; step++) {
        List<Dropped> dropped = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
          int[] batch = IntStream.range(row, row + random.nextInt(5)).toArray();
          row += batch.length;
          planned += batch.length;
          int[] rows = with(batch, account.owed().getOrDefault(step, List.of()), slot);
          int fate = random.nextInt(10);
          if (rows.length > 0 && fate < 3) {
            DropReason reason = fate == 0 ? DropReason.FAULTY : DropReason.LATE;
            dropped.add(new Dropped(reason, Round.training(step), slot, rows, ""));
          } else {
            counted += rows.length;
          }
          if (fate == 0 || fate >= 3) {
            for (int r : rows) {
              outcomes.merge(r, 1, Integer::sum);
            }
          }
        }
        account = account.after(sum(step, dropped.toArray(new Dropped[0])), owedAfter, STEPS);
        assertThat(planned + account.putBack()).isEqualTo(counted + account.dropped().total());
      }
      assertThat(outcomes.values()).as("no row is counted twice").containsOnly(1);
      assertThat(account.owed()).isEmpty();
    }
  }

  private static int[] with(int[] batch, List<Dropped> owed, int slot) {
    return IntStream.concat(
            IntStream.of(batch),
            owed.stream().filter(d -> d.slot() == slot).flatMapToInt(d -> IntStream.of(d.rows())))
        .toArray();
  }

  private static Dropped late(long step, int slot, int... rows) {
    return new Dropped(DropReason.LATE, Round.training(step), slot, rows, "");
  }

  private static PartialSum sum(long step, Dropped... dropped) {
    return new PartialSum(
        Round.training(step),
        new Range(0, 0),
        new Range(0, SLOTS),
        Tally.ZERO,
        List.of(dropped),
        Intake.NONE,
        Slice.EMPTY);
  }
}
