package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.cost.Price;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The limit of what a run may spend on workers.
 *
 * @param dollars the run stops once this much is spent; infinite for no limit
 * @param price of a worker's time
 * @param memoryMegabytes a worker's memory size
 * @param file path of the {@link BillFile}, which the JobManager writes; null for none
 */
public record Budget(double dollars, Price price, int memoryMegabytes, @Nullable String file)
    implements Serializable {

  /** Without a file. */
  public Budget(double dollars, Price price, int memoryMegabytes) {
    this(dollars, price, memoryMegabytes, null);
  }

  /** Whether the budget is used up. */
  public boolean exhausted(Tally totals) {
    return spent(totals) >= dollars;
  }

  /** The price of the invocations, in dollars, also where they are not really paid for. */
  public double spent(Tally totals) {
    return price.dollars(totals.billedMillis(), memoryMegabytes, totals.invocations());
  }
}
