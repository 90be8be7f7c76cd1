package dev.drey.job.specification.training;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.optimizer.BatchSizeRule;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Shorthand;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import java.util.List;
import java.util.Optional;

/**
 * The learning rate, with lengths in steps or epochs.
 *
 * @param rate above 0
 * @param schedule how it falls
 * @param warmUp how long it rises; empty for no warm-up
 * @param rule how it depends on the size of a step's batch
 * @param referenceBatch the examples of a step that {@code rate} is meant for; present if there is
 *     a rule
 */
public record LearningRateSettings(
    double rate,
    ScheduleSettings schedule,
    Optional<Length> warmUp,
    BatchSizeRule rule,
    Optional<Integer> referenceBatch) {

  static final Key<LearningRateSettings, Double> RATE =
      Key.of(
          "rate",
          Numbers.decimal("a number above 0", r -> r > 0),
          LearningRateSettings::rate,
          "the rate itself");

  static final Key<LearningRateSettings, ScheduleSettings> SCHEDULE =
      Key.of(
              "schedule",
              ScheduleSettings.TYPE,
              LearningRateSettings::schedule,
              "how the rate goes down")
          .orElse(new ScheduleSettings.Constant());

  static final Key<LearningRateSettings, Optional<Length>> WARM_UP =
      Key.of(
              "warm-up",
              new OrWord<>(Lengths.TYPE, "none"),
              LearningRateSettings::warmUp,
              "how long the rate rises linearly from near 0; the schedule includes this time")
          .orElse(Optional.empty());

  static final Key<LearningRateSettings, BatchSizeRule> RULE =
      Key.of(
              "batch-size-rule",
              Words.of(BatchSizeRule.class),
              LearningRateSettings::rule,
              "how the rate grows with b, the examples of a step (workers.count times"
                  + " training.mini-batch): by sqrt(b / reference-batch), or b / reference-batch")
          .orElse(BatchSizeRule.NONE);

  static final Key<LearningRateSettings, Optional<Integer>> REFERENCE_BATCH =
      Key.of(
              "reference-batch",
              new Maybe<>(Numbers.whole(1, Integer.MAX_VALUE)),
              LearningRateSettings::referenceBatch,
              "examples of a step that the rate is meant for")
          .orElse(Optional.empty(), "needed by a batch-size rule");

  private static final Section<LearningRateSettings> SECTION =
      new Section<LearningRateSettings>(
              List.of(RATE, SCHEDULE, WARM_UP, RULE, REFERENCE_BATCH),
              values ->
                  new LearningRateSettings(
                      values.get(RATE),
                      values.get(SCHEDULE),
                      values.get(WARM_UP),
                      values.get(RULE),
                      values.get(REFERENCE_BATCH)))
          .check(
              reading -> {
                boolean ruled =
                    reading.value(RULE).filter(r -> r != BatchSizeRule.NONE).isPresent();
                if (ruled && !reading.isGiven(REFERENCE_BATCH)) {
                  reading.fault(REFERENCE_BATCH, "is missing, batch-size-rule needs it");
                }
              });

  /** A single number is the rate. */
  static final Type<LearningRateSettings> TYPE = new Shorthand<>(SECTION, RATE);

  /** A constant rate. */
  public static LearningRateSettings constant(double rate) {
    return new LearningRateSettings(
        rate,
        new ScheduleSettings.Constant(),
        Optional.empty(),
        BatchSizeRule.NONE,
        Optional.empty());
  }

  /** The learning rate in steps. */
  public LearningRate resolve(long stepsPerEpoch) {
    return new LearningRate(
        rate,
        schedule.resolve(stepsPerEpoch),
        warmUp.map(length -> length.steps(stepsPerEpoch)).orElse(0L),
        rule,
        referenceBatch.orElse(0));
  }
}
