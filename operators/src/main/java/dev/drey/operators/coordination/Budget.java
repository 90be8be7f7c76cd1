package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.cost.Price;
import java.io.Serializable;

/**
 * What a run may spend on workers.
 *
 * @param dollars the run stops once this much is spent; infinite for no limit
 * @param price of a worker's time
 * @param memoryMegabytes a worker's memory size
 */
public record Budget(double dollars, Price price, int memoryMegabytes) implements Serializable {

  /** Whether it is spent. */
  public boolean exhausted(Tally totals) {
    return spent(totals) >= dollars;
  }

  /** What the invocations cost, or would have cost, in dollars. */
  public double spent(Tally totals) {
    return price.dollars(totals.billedMillis(), memoryMegabytes, totals.invocations());
  }
}
