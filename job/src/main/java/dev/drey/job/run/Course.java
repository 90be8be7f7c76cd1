package dev.drey.job.run;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.job.spec.PreparedData;
import dev.drey.job.spec.PreparedStream;
import dev.drey.job.spec.RunSpecification;
import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Feed;
import org.jspecify.annotations.Nullable;

/** What a run goes through: how many steps, and of which examples. */
sealed interface Course permits DataSetCourse, StreamCourse {

  static Course of(PreparedRun run) {
    RunSpecification specification = run.specification();
    long budget = specification.budget().steps().orElse(Long.MAX_VALUE);
    return run.input() instanceof PreparedStream stream
        ? new StreamCourse(specification, stream, budget)
        : new DataSetCourse(specification, (PreparedData) run.input(), budget);
  }

  Feed feed();

  /** Steps, cut off where the budget of steps ends; Long.MAX_VALUE without an end. */
  long steps();

  /** Steps that the specification asks for, whatever the budget says. */
  long plannedSteps();

  /** Of an epoch; Long.MAX_VALUE where there are none. */
  long stepsPerEpoch();

  /** Examples of all steps that were applied, as the feed has it. */
  long examples(Progress last);

  EvaluationSchedule evaluations();

  /** How many steps in a row may have examples of which none can be computed. */
  int maxEmptySteps();

  /** The data set of training rows, or null. */
  @Nullable DataSource training();

  /** The data set of test rows, or null. */
  @Nullable DataSource test();

  Normalization normalization();

  /** Whether the budget of steps ends it before what was to be trained. */
  default boolean endsEarly() {
    return steps() < plannedSteps();
  }

  default boolean hasEpochs() {
    return stepsPerEpoch() < Long.MAX_VALUE;
  }
}
