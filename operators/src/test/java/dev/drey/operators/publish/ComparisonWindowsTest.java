package dev.drey.operators.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonWindowsTest {

  /** Candidates every 10 steps of 2 slots. */
  private final ComparisonWindows windows = new ComparisonWindows(10, 2, 5);

  private static void addBatches(ComparisonWindows to, long from, long below, int count) {
    for (long step = from; step < below; step++) {
      to.add(Batches.of(step, 0, count));
      to.add(Batches.of(step, 1, count));
    }
  }

  @Test
  void aWindowHasTheFirstExamplesAfterItsVersion() {
    addBatches(windows, 0, 12, 2);

    assertThat(windows.isClosed(10)).isTrue();
    assertThat(Batches.offsets(windows.examples(10)))
        .containsExactly(10_000L, 10_001L, 10_100L, 10_101L, 11_000L);
    assertThat(windows.isClosed(20)).isFalse();
  }

  @Test
  void aStepCountsOnceAllItsSlotsAreThere() {
    windows.add(Batches.of(10, 1, 4));
    windows.add(Batches.of(11, 1, 4));
    assertThat(windows.examples(10)).isEmpty();

    windows.add(Batches.of(10, 0, 1));

    assertThat(windows.isClosed(10)).isTrue();
    assertThat(Batches.offsets(windows.examples(10)))
        .containsExactly(10_000L, 10_100L, 10_101L, 10_102L, 10_103L);
  }

  @Test
  void aWindowThatDoesNotFillEndsWithTheNextCandidate() {
    addBatches(windows, 10, 19, 0);
    windows.add(Batches.of(19, 0, 1));
    assertThat(windows.isClosed(10)).isFalse();

    windows.add(Batches.of(19, 1, 0));

    assertThat(windows.isClosed(10)).isTrue();
    assertThat(Batches.offsets(windows.examples(10))).containsExactly(19_000L);
  }

  @Test
  void evaluationsAreNoExamples() {
    StreamBatch some = Batches.of(10, 0, 5);
    windows.add(new StreamBatch(Round.evaluation(10), 0, some.examples(), Intake.NONE));
    addBatches(windows, 10, 11, 1);

    assertThat(Batches.offsets(windows.examples(10))).containsExactly(10_000L, 10_100L);
  }

  @Test
  void whatIsReplayedWasTrainedOnBefore() {
    StreamBatch some = Batches.of(10, 0, 5);
    windows.add(new StreamBatch(Round.training(10), 0, some.examples(), Intake.NONE, true));
    windows.add(Batches.of(10, 1, 1));
    addBatches(windows, 11, 12, 1);

    assertThat(Batches.offsets(windows.examples(10))).containsExactly(10_100L, 11_000L, 11_100L);
  }

  @Test
  void theOrderOfArrivalChangesNothing() {
    List<StreamBatch> slots = new ArrayList<>();
    for (long step = 10; step < 13; step++) {
      slots.add(Batches.of(step, 0, 1));
      slots.add(Batches.of(step, 1, 1));
    }
    addBatches(windows, 10, 13, 1);
    for (int seed = 0; seed < 20; seed++) {
      ComparisonWindows other = new ComparisonWindows(10, 2, 5);
      Collections.shuffle(slots, new Random(seed));
      // Those of one slot come in order.
      for (int slot = 0; slot < 2; slot++) {
        int mine = slot;
        slots.stream()
            .filter(batch -> batch.slot() == mine)
            .sorted((a, b) -> Long.compare(a.step(), b.step()))
            .forEach(other::add);
      }

      assertThat(Batches.offsets(other.examples(10)))
          .isEqualTo(Batches.offsets(windows.examples(10)))
          .hasSize(5);
    }
  }

  @Test
  void aRestoreAnywhereEndsInTheSameExamples() {
    List<StreamBatch> batches = new ArrayList<>();
    for (long step = 8; step < 23; step++) {
      batches.add(Batches.of(step, 0, (int) (step % 3)));
      batches.add(Batches.of(step, 1, (int) (step % 2)));
    }
    batches.forEach(windows::add);
    for (int cut = 0; cut <= batches.size(); cut++) {
      ComparisonWindows before = new ComparisonWindows(10, 2, 5);
      batches.subList(0, cut).forEach(before::add);
      ComparisonWindows after = new ComparisonWindows(10, 2, 5);
      after.restore(before.state());
      batches.subList(cut, batches.size()).forEach(after::add);

      for (long version : List.of(10L, 20L)) {
        assertThat(Batches.offsets(after.examples(version)))
            .as("version %d after a cut at %d", version, cut)
            .isEqualTo(Batches.offsets(windows.examples(version)));
      }
    }
    assertThat(windows.examples(10)).hasSize(5);
  }

  @Test
  void aFullWindowHoldsNothingMore() {
    addBatches(windows, 10, 20, 1000);

    assertThat(held()).isEqualTo(5);
  }

  @Test
  void whatIsDecidedIsForgotten() {
    addBatches(windows, 10, 22, 1);

    windows.decided(10);

    assertThat(windows.examples(10)).isEmpty();
    assertThat(held()).isEqualTo(4); // of version 20
    windows.add(Batches.of(19, 0, 3));
    assertThat(held()).isEqualTo(4);
  }

  /** A run goes on from a savepoint without a gate: steps 10 and 11 were emitted out before it. */
  @Test
  void stepsThatNobodySawAreNotWaitedFor() {
    addBatches(windows, 12, 15, 1);

    assertThat(windows.isClosed(10)).isTrue();
    assertThat(Batches.offsets(windows.examples(10)))
        .containsExactly(12_000L, 12_100L, 13_000L, 13_100L, 14_000L);
  }

  private int held() {
    return windows.state().batches().stream().mapToInt(StreamBatch::count).sum();
  }
}
