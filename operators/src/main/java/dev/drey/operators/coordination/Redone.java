package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;

/**
 * What invocations cost that the parameter server's totals are without: those whose results a
 * failure threw away, since the totals go back with its state, and how far they were is remembered
 * here; and those for something else than a round. Not thread-safe.
 */
final class Redone {

  private Tally highest = Tally.ZERO;
  private Tally lost = Tally.ZERO;

  /** The parameter server tells its totals: they only fall when it was restored. */
  void told(Tally totals) {
    lost =
        cost(
            lost.invocations() + Math.max(0, highest.invocations() - totals.invocations()),
            lost.coldStarts() + Math.max(0, highest.coldStarts() - totals.coldStarts()),
            lost.billedMillis() + Math.max(0, highest.billedMillis() - totals.billedMillis()));
    highest = totals;
  }

  /** Invocations that are no round's. */
  void paid(Tally more) {
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

  /** A checkpoint knew of as much: more than is known here if the JobManager is new. */
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
