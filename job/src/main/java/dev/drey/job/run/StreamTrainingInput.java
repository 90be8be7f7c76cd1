package dev.drey.job.run;

import dev.drey.connectors.kafka.KafkaRecords;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.stream.EndOffsets;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.loop.Feed;
import dev.drey.operators.stream.StreamSteps;
import org.jspecify.annotations.Nullable;

/** A stream: steps for as long as there are records. */
final class StreamTrainingInput implements TrainingInput {

  /** Mini-batches of held-out examples that a unit of slots keeps for the next evaluation. */
  private static final int HELD_OUT_BATCHES = 4;

  /** Consecutive failed steps before the run fails: some faulty records must not end it. */
  private static final int FAILED_STEPS = 1000;

  private final PreparedStream stream;
  private final long plannedSteps;
  private final StreamSteps steps;

  /**
   * @param most steps that the budget allows
   */
  StreamTrainingInput(RunSpecification specification, PreparedStream stream, long most) {
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
            Math.multiplyExact(HELD_OUT_BATCHES, miniBatch));
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
  public EndOffsets.Provider ends() {
    return KafkaRecords.ends(stream.settings().kafka());
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
  public int failedSteps() {
    return FAILED_STEPS;
  }

  @Override
  public @Nullable DataSource training() {
    return null;
  }

  @Override
  public @Nullable DataSource test() {
    return null;
  }

  /** The encoder scales examples. */
  @Override
  public Normalization normalization() {
    return Normalization.NONE;
  }
}
