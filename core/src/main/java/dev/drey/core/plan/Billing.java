package dev.drey.core.plan;

/** What of a step a slot's function is billed for. */
public enum Billing {

  /** An invocation, as Drey's workers: they are gone while the sums travel. */
  INVOCATION,

  /**
   * The whole step, as in Feng et al. (2018), whose functions live from step to step: C(z) = p n z
   * t(z).
   */
  WHOLE_STEP
}
