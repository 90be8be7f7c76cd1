package dev.drey.job.plan;

import dev.drey.core.plan.Placement;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;

/**
 * What adding up costs by a fit of measured steps. The fit's base is left aside: it holds the
 * slots' time with the workers and memory size that were measured.
 *
 * @param model the fit
 * @param bytes of the vector that was measured; 0 if nobody says, then any vector's
 */
public record FittedTree(StepModel model, long bytes) {

  public Placement placement() {
    return model.placement();
  }

  /** The constants for vectors of such a length; a sum takes time in proportion to it. */
  TreeConstants constants(long vectorBytes) {
    double rate = (bytes > 0 ? bytes : vectorBytes) / model.perSum(); // infinite if that is 0
    return new TreeConstants(0, rate, Transfer.fixed(model.perHop()));
  }
}
