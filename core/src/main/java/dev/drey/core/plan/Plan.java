package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;

/**
 * A configuration for training, with its time and cost as the model expects them.
 *
 * @param workers slots of a step
 * @param memoryMb memory size of each
 * @param structure of the tree
 * @param localSteps steps that a slot takes by itself between two aggregations
 * @param miniBatch examples of the largest mini-batch
 * @param step the parts of a step's time
 * @param stepDollars cost of a step
 * @param stepsPerEpoch need not be a whole number, since an epoch may end within a step
 * @param flopsPerEpoch f, floating-point operations of an epoch
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

  /** R = f / (C t) of an epoch, operations per dollar and second (Feng et al., 2018). */
  public double ratio() {
    return flopsPerEpoch / (dollars() * seconds());
  }
}
