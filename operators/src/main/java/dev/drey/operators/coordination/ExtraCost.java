package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;

/**
 * The cost of invocations that are missing from the parameter server's totals: of results lost to
 * failures, which roll the totals back with the server's state, and of calls that belong to no
 * round. Not thread-safe.
 */
final class ExtraCost {

  private Tally highest = Tally.ZERO;
  private Tally lost = Tally.ZERO;

  /** The parameter server reports its totals: they decrease only if it was restored. */
  void observe(Tally totals) {
    lost =
        cost(
            lost.invocations() + Math.max(0, highest.invocations() - totals.invocations()),
            lost.coldStarts() + Math.max(0, highest.coldStarts() - totals.coldStarts()),
            lost.billedMillis() + Math.max(0, highest.billedMillis() - totals.billedMillis()));
    highest = totals;
  }

  /** Adds invocations that belong to no round. */
  void add(Tally more) {
    lost =
        cost(
            lost.invocations() + more.invocations(),
            lost.coldStarts() + more.coldStarts(),
            lost.billedMillis() + more.billedMillis());
  }

  /** Invocations, cold starts and billed time; the rest is 0. */
  Tally cost() {
    return lost;
  }

  /** Raises it: to the cost of a checkpoint, or to what another process has paid. */
  void atLeast(Tally checkpointed) {
    lost =
        cost(
            Math.max(lost.invocations(), checkpointed.invocations()),
            Math.max(lost.coldStarts(), checkpointed.coldStarts()),
            Math.max(lost.billedMillis(), checkpointed.billedMillis()));
  }

  static Tally cost(long invocations, long coldStarts, long billedMillis) {
    return new Tally(0, 0, 0, invocations, coldStarts, billedMillis);
  }
}
