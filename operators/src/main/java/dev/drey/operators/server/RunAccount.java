package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.operators.coordination.Progress;
import java.time.Clock;

/** Keeps the totals of a run, on the task that holds shard 0. Not thread-safe. */
final class RunAccount {

  private final Clock clock;
  private final StepTimer timer;
  private final long start;
  private final long retryDelay;
  private final long steps;
  private volatile Progress progress;

  /**
   * @param progress at the start, or when the state was written
   * @param timer of steps
   * @param retryDelay how many steps after the one that dropped them late examples are retried
   * @param steps of the run
   */
  RunAccount(Progress progress, Clock clock, StepTimer timer, long retryDelay, long steps) {
    this.clock = clock;
    this.timer = timer;
    this.retryDelay = retryDelay;
    this.steps = steps;
    this.start = clock.millis() - progress.millis();
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /** A step was applied. */
  void applied(PartialSum sum) {
    timer.applied();
    progress =
        new Progress(
            sum.round().step() + 1,
            progress.totals().plus(sum.tally()),
            sum.tally(),
            progress.evaluatedVersion(),
            progress.evaluation(),
            clock.millis() - start,
            progress.account().after(sum, retryDelay, steps),
            progress.intake().plus(sum.intake()),
            progress.extraCost(),
            timer.times());
  }

  /**
   * An evaluation came back: it costs, but trains on nothing.
   *
   * @return whether it was new
   */
  boolean evaluated(PartialSum sum) {
    if (sum.round().step() <= progress.evaluatedVersion()) {
      return false;
    }
    timer.evaluated();
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
            progress.intake(),
            progress.extraCost(),
            timer.times());
    return true;
  }
}
