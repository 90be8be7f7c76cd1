package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;

/**
 * Where an operator reports the cost of invocations that are in no round's sum, so that they count
 * in the run's budget and bill. Thread-safe.
 */
@FunctionalInterface
public interface RunBill {

  /**
   * Adds to the bill, without waiting.
   *
   * @param cost invocations, cold starts and billed time
   */
  void pay(Tally cost);
}
