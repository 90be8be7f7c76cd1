package dev.drey.job.run;

import dev.drey.connectors.kafka.KafkaRecords;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan.Length;
import dev.drey.job.spec.DriftSettings;
import dev.drey.job.spec.PreparedStream;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.StreamSettings;
import dev.drey.job.spec.TrainingSettings;
import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Feed;
import dev.drey.operators.stream.Replaying;
import dev.drey.operators.stream.StreamSteps;
import org.jspecify.annotations.Nullable;

/** Steps of a stream, for as long as there are records. */
final class StreamCourse implements Course {

  /** Of examples, that a unit of slots keeps for the next evaluation: so many mini-batches. */
  private static final int HELD_OUT_BATCHES = 4;

  /** Steps that a fault in the stream may spoil, before somebody has to look at it. */
  private static final int MAX_EMPTY_STEPS = 1000;

  private final PreparedStream stream;
  private final long plannedSteps;
  private final StreamSteps steps;

  /**
   * @param most steps that the budget allows
   */
  StreamCourse(RunSpecification specification, PreparedStream stream, long most) {
    this.stream = stream;
    Length length = specification.training().length();
    this.plannedSteps = length.steps(1);
    StreamSettings settings = stream.settings();
    int miniBatch = specification.training().miniBatch();
    this.steps =
        new StreamSteps(
            miniBatch,
            settings.maxWait().orElse(null),
            Math.min(plannedSteps, most),
            stream.evaluateEvery(specification),
            Math.multiplyExact(HELD_OUT_BATCHES, miniBatch),
            replaying(specification.training()));
  }

  private static @Nullable Replaying replaying(TrainingSettings training) {
    return training
        .drift()
        .flatMap(DriftSettings::replay)
        .map(replay -> new Replaying(replay.examples(), replay.share(), training.seed()))
        .orElse(null);
  }

  @Override
  public Feed feed() {
    return new Feed.Stream(
        KafkaRecords.source(stream.settings().kafka()),
        stream.encoding(),
        steps,
        stream.partitions());
  }

  @Override
  public long steps() {
    return steps.steps();
  }

  @Override
  public long plannedSteps() {
    return plannedSteps;
  }

  @Override
  public long stepsPerEpoch() {
    return Long.MAX_VALUE;
  }

  @Override
  public long examples(Progress last) {
    return last.intake().trained();
  }

  @Override
  public EvaluationSchedule evaluations() {
    return steps.evaluations();
  }

  @Override
  public int maxEmptySteps() {
    return MAX_EMPTY_STEPS;
  }

  @Override
  public @Nullable DataSource training() {
    return null;
  }

  @Override
  public @Nullable DataSource test() {
    return null;
  }

  /** Examples are scaled as they are made. */
  @Override
  public Normalization normalization() {
    return Normalization.NONE;
  }
}
