package dev.drey.core.plan;

/** Which part of a step's time is billed for the function of a slot. */
public enum Billing {

  /** The invocation alone, as with Drey's workers, which do not run during aggregation. */
  INVOCATION,

  /**
   * The whole step, as in Feng et al. (2018), where functions run through all steps: C(z) = p n z
   * t(z).
   */
  WHOLE_STEP
}
