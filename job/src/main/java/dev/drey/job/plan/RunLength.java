package dev.drey.job.plan;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.plan.Workload;
import java.util.OptionalDouble;

/**
 * The length of a run.
 *
 * @param epochKnown whether the number of examples of an epoch is known; if not, the workload's
 *     epoch has no meaning
 * @param epochs of the whole run, in epochs of the workload; empty if unknown
 */
record RunLength(boolean epochKnown, OptionalDouble epochs) {

  /** The length in a specification, whose steps have as many examples as the workload's. */
  static RunLength of(Length length, Workload workload, boolean epochKnown) {
    if (length instanceof Length.Steps steps && steps.count() < Long.MAX_VALUE) {
      double examples = (double) steps.count() * workload.examplesPerStep();
      return new RunLength(epochKnown, OptionalDouble.of(examples / workload.examplesPerEpoch()));
    }
    return new RunLength(
        epochKnown,
        epochKnown && length instanceof Length.Epochs epochs
            ? OptionalDouble.of(epochs.count())
            : OptionalDouble.empty());
  }
}
