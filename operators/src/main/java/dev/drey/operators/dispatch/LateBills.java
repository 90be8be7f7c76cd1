package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;

/**
 * The cost of invocations that ended after their slot's sum was sent; the next sum carries it.
 * Thread-safe.
 */
final class LateBills {

  private Tally owed = Tally.ZERO;

  synchronized void add(Tally cost) {
    owed = owed.plus(cost);
  }

  /** The cost added since the last call. */
  synchronized Tally take() {
    Tally taken = owed;
    owed = Tally.ZERO;
    return taken;
  }
}
