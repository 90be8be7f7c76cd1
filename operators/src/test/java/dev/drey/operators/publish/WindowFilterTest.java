package dev.drey.operators.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowFilterTest {

  @Test
  void onlyTheFirstExamplesOfAWindowPass() {
    WindowFilter sample = new WindowFilter(10, 5);

    assertThat(
            LongStream.range(10, 22)
                .map(step -> sample.map(Batches.of(step, 0, 2)).count())
                .boxed())
        .containsExactly(2L, 2L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 2L, 2L);
  }

  @Test
  void everyMiniBatchIsToldOfAndNoIntake() {
    WindowFilter sample = new WindowFilter(10, 1);
    StreamBatch told =
        new StreamBatch(
            Round.training(10), 1, Batches.of(10, 1, 1).examples(), PublishHarnessTest.INTAKE);
    StreamBatch first = sample.map(told);
    StreamBatch next = sample.map(Batches.of(11, 1, 1));
    StreamBatch held =
        sample.map(
            new StreamBatch(Round.evaluation(12), 0, Batches.of(12, 0, 3).examples(), Intake.NONE));

    assertThat(first.slot()).isEqualTo(1);
    assertThat(Batches.offsets(first.examples())).containsExactly(10_100L);
    assertThat(first.intake()).isEqualTo(Intake.NONE);
    assertThat(next).isEqualTo(new StreamBatch(Round.training(11), 1, List.of(), Intake.NONE));
    assertThat(held.count()).isZero();
  }

  /** Tasks emit as they can, also units of theirs that are behind after a restore. */
  @Test
  void windowsAreTheSameWithAndWithoutIt() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ComparisonWindows all = new ComparisonWindows(10, 3, 8);
      ComparisonWindows sampled = new ComparisonWindows(10, 3, 8);
      // Slots 0 and 1 are two units of one task.
      WindowFilter[] tasks = {new WindowFilter(10, 8), new WindowFilter(10, 8)};
      long[] next = {10 + random.nextInt(5), 10, 10};
      while (next[0] < 40 || next[1] < 40 || next[2] < 40) {
        int slot = random.nextInt(3);
        StreamBatch batch = Batches.of(next[slot]++, slot, random.nextInt(4));
        all.add(batch);
        sampled.add(tasks[slot / 2].map(batch));
      }
      for (long version : List.of(10L, 20L, 30L)) {
        assertThat(Batches.offsets(sampled.examples(version)))
            .as("version %d, seed %d", version, seed)
            .isEqualTo(Batches.offsets(all.examples(version)));
        assertThat(sampled.isClosed(version)).isEqualTo(all.isClosed(version));
      }
    }
  }
}
