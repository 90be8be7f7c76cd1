package dev.drey.job.run;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan;
import dev.drey.core.stream.EndOffsets;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Feed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data set, trained on in epochs. */
final class DataSetTrainingInput implements TrainingInput {

  private final PreparedData data;
  private final long plannedSteps;
  private final StepPlan plan;

  /**
   * @param most steps that the budget allows
   */
  DataSetTrainingInput(RunSpecification specification, PreparedData data, long most) {
    this.data = data;
    StepPlan planned = data.plan(specification);
    this.plannedSteps = planned.steps();
    this.plan = cutOff(planned, most);
  }

  private static StepPlan cutOff(StepPlan plan, long most) {
    if (plan.steps() <= most) {
      return plan;
    }
    StepPlan.Settings s = plan.settings();
    return new StepPlan(
        new StepPlan.Settings(
            s.trainRows(),
            s.testRows(),
            s.slots(),
            s.miniBatch(),
            s.seed(),
            new StepPlan.Length.Steps(most)));
  }

  @Override
  public Feed feed() {
    List<Blob.Reference> files = new ArrayList<>(training().objects());
    if (!test().equals(training())) {
      files.addAll(test().objects());
    }
    return new Feed.DataSet(plan, files);
  }

  @Override
  public EndOffsets.@Nullable Provider ends() {
    return null;
  }

  @Override
  public long steps() {
    return plan.steps();
  }

  @Override
  public long plannedSteps() {
    return plannedSteps;
  }

  @Override
  public long stepsPerEpoch() {
    return plan.stepsPerEpoch();
  }

  @Override
  public long examples(Progress last) {
    return plan.examples(last.version());
  }

  /** If no row of a step can be computed, the data set is wrong. */
  @Override
  public int failedSteps() {
    return 0;
  }

  @Override
  public DataSource training() {
    return data.training();
  }

  @Override
  public DataSource test() {
    return data.test();
  }

  @Override
  public Normalization normalization() {
    return data.normalization();
  }
}
