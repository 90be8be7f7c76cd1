package dev.drey.operators.server;

/**
 * How the reaction to a drift changes the update of a step.
 *
 * @param rateFactor of the learning rate
 * @param momentStep number of the step since the optimizer's moments were zero, from 1
 */
record StepAdjustment(double rateFactor, long momentStep) {

  /** For a step without a drift before it. */
  static StepAdjustment none(long step) {
    return new StepAdjustment(1, step + 1);
  }
}
