package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Lag;
import dev.drey.operators.coordination.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class LagWatchTest {

  private static final int WORKERS = 4;

  private final AtomicLong nanos = new AtomicLong(-7); // nanoTime may be negative
  private final List<String> complaints = new ArrayList<>();
  private LagWatch watch = new LagWatch(WORKERS, false, nanos::get);

  /** Passes seconds, in each of which workers compute so many of their 4000 ms. */
  private void pass(int from, int to, long billedPerSecond, LongFunction<Lag> lag) {
    for (int second = from; second < to; second++) {
      Tally tally = new Tally(0, 0, 0, 0, 0, second * billedPerSecond);
      Progress none = Progress.NONE;
      Progress progress =
          new Progress(
              second,
              tally,
              none.last(),
              0,
              none.evaluation(),
              0,
              none.account(),
              Intake.NONE,
              none.extraCost(),
              none.times());
      watch.complaint(progress, lag.apply(second)).ifPresent(complaints::add);
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
  }

  private static Lag lag(long first, long second) {
    return new Lag(Map.of("flights-0", first, "flights-1", second));
  }

  @Test
  void aLagThatGrowsWhileWorkersAreIdleIsReportedOnce() {
    pass(0, 300, 200, second -> lag(second % 3, 1000 + 72 * second));

    assertThat(complaints)
        .containsExactly(
            "partition flights-1 falls behind while workers are idle: 3,160 records wait, 2,160"
                + " more than 30 s ago; workers compute 5 % of their time. One task reads it, and"
                + " fills no more than its own slots: more partitions help");
  }

  @Test
  void itIsReportedAgainWhenItGrowsAgain() {
    pass(0, 100, 200, second -> lag(0, 10 * second));
    pass(100, 200, 200, second -> lag(0, 1000 - second));
    pass(200, 300, 200, second -> lag(0, 10 * second));

    assertThat(complaints).hasSize(2);
  }

  @Test
  void whenTheWorkersAreBusyMoreOfThemAreMissingAndNoPartition() {
    pass(0, 300, 2500, second -> lag(second, 2 * second));

    assertThat(complaints).isEmpty();
  }

  @Test
  void aLagThatComesAndGoesIsNotReported() {
    pass(0, 300, 200, second -> lag(second % 25, second % 17));

    assertThat(complaints).isEmpty();
  }

  @Test
  void withoutATimeLimitTheCauseIsNamed() {
    watch = new LagWatch(WORKERS, true, nanos::get);

    pass(0, 60, 0, second -> lag(0, second));

    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0)).contains("With data.max-wait: off, each task waits");
  }
}
