package dev.drey.job.run;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan;
import dev.drey.job.spec.PreparedData;
import dev.drey.job.spec.RunSpecification;
import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Feed;

/** Epochs of a data set. */
final class DataSetCourse implements Course {

  private final PreparedData data;
  private final long plannedSteps;
  private final StepPlan plan;

  /**
   * @param most steps that the budget allows
   */
  DataSetCourse(RunSpecification specification, PreparedData data, long most) {
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
    return new Feed.DataSet(plan);
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

  @Override
  public EvaluationSchedule evaluations() {
    return plan.settings().testRows().length == 0
        ? EvaluationSchedule.NEVER
        : new EvaluationSchedule(plan.stepsPerEpoch(), plan.steps());
  }

  /** A row that no worker can compute is a fault of the data set. */
  @Override
  public int maxEmptySteps() {
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
