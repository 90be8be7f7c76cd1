package dev.drey.job.plan;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.plan.Workload;
import java.util.OptionalDouble;

/**
 * How long a run is.
 *
 * @param epochKnown whether the data tell how many examples an epoch has; else the workload's epoch
 *     means nothing
 * @param epochs of the whole run, in epochs of the workload; nothing if nothing tells
 */
record RunLength(boolean epochKnown, OptionalDouble epochs) {

  /** The length of a specification; its steps have the workload's examples each. */
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
