package dev.drey.core.plan;

import dev.drey.core.cost.Price;

/**
 * The price of a step's function time. Flink's own machines are not included: they are the same
 * with every plan.
 *
 * @param price of function time
 * @param billing which part of a step is billed
 */
public record Tariff(Price price, Billing billing) {

  /** Drey's workers on x86. */
  public static final Tariff X86 = new Tariff(Price.X86, Billing.INVOCATION);

  /** Drey's workers on Arm. */
  public static final Tariff ARM = new Tariff(Price.ARM, Billing.INVOCATION);

  /** Expected dollars of a step of so many slots. */
  double dollars(StepEstimate step, int slots, int memoryMb) {
    double billed =
        switch (billing) {
          case INVOCATION -> step.billed();
          case WHOLE_STEP -> step.total();
        };
    return slots * price.dollars(billed, memoryMb);
  }
}
