package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.operators.coordination.Progress;
import java.time.Clock;

/** Keeps the totals of a run, on the task that holds shard 0. Not thread-safe. */
final class RunAccount {

  private final Clock clock;
  private final long start;
  private Progress progress;

  /**
   * @param progress at the start, or when the state was written
   */
  RunAccount(Progress progress, Clock clock) {
    this.clock = clock;
    this.start = clock.millis() - progress.millis();
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /** A step was applied. */
  void applied(PartialSum sum) {
    progress =
        new Progress(
            sum.round().step() + 1,
            progress.totals().plus(sum.tally()),
            sum.tally(),
            progress.evaluatedVersion(),
            progress.evaluation(),
            clock.millis() - start,
            progress.account(),
            progress.redone());
  }

  /** An evaluation came back: it costs, but trains on nothing. */
  void evaluated(PartialSum sum) {
    Tally tally = sum.tally();
    Tally cost = new Tally(0, 0, 0, tally.invocations(), tally.coldStarts(), tally.billedMillis());
    progress =
        new Progress(
            progress.version(),
            progress.totals().plus(cost),
            progress.last(),
            sum.round().step(),
            tally,
            clock.millis() - start,
            progress.account(),
            progress.redone());
  }
}
