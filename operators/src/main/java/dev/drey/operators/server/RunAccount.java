package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.operators.coordination.Progress;

/** Keeps the totals of a run, on the task that holds shard 0. Not thread-safe. */
final class RunAccount {

  private Progress progress;

  RunAccount(Progress progress) {
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
            progress.evaluation());
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
            tally);
  }
}
