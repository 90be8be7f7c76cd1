package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;

/**
 * What to train with, and what that takes by the model: expected, not measured.
 *
 * @param workers slots of a step
 * @param memoryMb memory size of each
 * @param structure of the tree
 * @param localSteps that a slot takes before sums travel
 * @param miniBatch examples of the fullest slot's gradient
 * @param step where a step's time goes
 * @param stepDollars of a step
 * @param stepsPerEpoch a part of one if an epoch ends within a step
 * @param flopsPerEpoch f, operations of an epoch
 */
public record Plan(
    int workers,
    int memoryMb,
    Structure structure,
    int localSteps,
    int miniBatch,
    StepEstimate step,
    double stepDollars,
    double stepsPerEpoch,
    double flopsPerEpoch) {

  /** Seconds of a step. */
  public double stepSeconds() {
    return step.total();
  }

  /** Seconds of an epoch. */
  public double seconds() {
    return stepsPerEpoch * stepSeconds();
  }

  /** Dollars of an epoch. */
  public double dollars() {
    return stepsPerEpoch * stepDollars;
  }

  /** R = f / (C t), operations by dollar and second of an epoch (Feng et al., 2018). */
  public double ratio() {
    return flopsPerEpoch / (dollars() * seconds());
  }
}
