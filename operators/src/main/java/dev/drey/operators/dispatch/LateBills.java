package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;

/**
 * What invocations cost that ended after their slot's sum had left: it leaves with the next sum.
 * Thread-safe.
 */
final class LateBills {

  private Tally owed = Tally.ZERO;

  synchronized void add(Tally cost) {
    owed = owed.plus(cost);
  }

  /** All that came in since the last call. */
  synchronized Tally take() {
    Tally taken = owed;
    owed = Tally.ZERO;
    return taken;
  }
}
