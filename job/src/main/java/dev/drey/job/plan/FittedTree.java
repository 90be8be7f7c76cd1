package dev.drey.job.plan;

import dev.drey.core.plan.Placement;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;

/**
 * The cost of adding up, from a fit of measured steps. The base of the fit is not used, since it
 * contains the time of the slots with the workers and memory size of the measurement.
 *
 * @param model the fit
 * @param bytes length of the measured vector; 0 if unknown, then the fit counts for any vector
 */
public record FittedTree(StepModel model, long bytes) {

  public Placement placement() {
    return model.placement();
  }

  /** The constants for vectors of this length. The time of a sum is proportional to the length. */
  TreeConstants constants(long vectorBytes) {
    double rate = (bytes > 0 ? bytes : vectorBytes) / model.perSum(); // infinite if that is 0
    return new TreeConstants(0, rate, Transfer.fixed(model.perHop()));
  }
}
