package dev.drey.job.run;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.stream.EndOffsets;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.loop.Feed;
import org.jspecify.annotations.Nullable;

/** What a run trains on: how many steps, and which examples each is made of. */
sealed interface TrainingInput permits DataSetTrainingInput, StreamTrainingInput {

  static TrainingInput of(PreparedRun run) {
    RunSpecification specification = run.specification();
    long budget = specification.budget().steps().orElse(Long.MAX_VALUE);
    return run.input() instanceof PreparedStream stream
        ? new StreamTrainingInput(specification, stream, budget)
        : new DataSetTrainingInput(specification, (PreparedData) run.input(), budget);
  }

  /** Where the loop gets its examples from. */
  Feed feed();

  /** The ends of the stream's partitions; null for a data set. */
  EndOffsets.@Nullable Provider ends();

  /** Steps to train, at most as many as the budget allows; Long.MAX_VALUE without a limit. */
  long steps();

  /** Steps that the specification asks for, without regard to the budget. */
  long plannedSteps();

  /** Steps per epoch; Long.MAX_VALUE for a stream, which has no epochs. */
  long stepsPerEpoch();

  /** How many examples the feed has emitted for the steps that are applied. */
  long examples(Progress last);

  /** How many steps in a row may fail, see {@link StepPolicy.Tolerance#failedSteps}. */
  int failedSteps();

  /** The data set of training rows, or null. */
  @Nullable DataSource training();

  /** The data set of test rows, or null. */
  @Nullable DataSource test();

  Normalization normalization();

  /** Whether the budget of steps ends the run before all planned steps are done. */
  default boolean endsEarly() {
    return steps() < plannedSteps();
  }

  default boolean hasEpochs() {
    return stepsPerEpoch() < Long.MAX_VALUE;
  }
}
