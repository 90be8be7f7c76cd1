package dev.drey.operators.server;

/**
 * How a step is applied.
 *
 * @param rateFactor what the learning rate is multiplied by
 * @param momentStep the step's number since the optimizer's moments were zero, from 1
 */
record StepAdjustment(double rateFactor, long momentStep) {

  /** As it is without a drift. */
  static StepAdjustment usual(long step) {
    return new StepAdjustment(1, step + 1);
  }
}
