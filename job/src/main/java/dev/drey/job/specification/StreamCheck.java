package dev.drey.job.specification;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.training.DriftSettings;
import dev.drey.job.specification.training.LearningRateSettings;
import dev.drey.job.specification.training.TrainingSettings;
import dev.drey.job.specification.workers.PatienceSettings;
import dev.drey.operators.server.DriftRule.Reaction;
import java.util.Optional;

/** Checks that a run has no settings that its kind of data, a stream or a data set, excludes. */
final class StreamCheck {

  private StreamCheck() {}

  /** Reports keys that have no meaning if the data have no end, or that cannot be fulfilled. */
  static void check(Reading reading) {
    if (!reading.isStream()) {
      checkDataSet(reading);
      return;
    }
    if (reading.isGiven(TrainingSettings.EPOCHS)) {
      reading.fault(
          TrainingSettings.EPOCHS,
          "is given, must be left out: a stream has no epochs; training.steps bounds a run");
    }
    Optional<Double> quorum = reading.value(PatienceSettings.QUORUM).flatMap(share -> share);
    if (quorum.isPresent() && quorum.get() < 1) {
      reading.fault(
          PatienceSettings.QUORUM,
          "is " + quorum.get() + ", must be 1 or left out: examples of a stream are not put back");
    }
    if (reading.value(AggregationSettings.STRUCTURE).filter(Optional::isEmpty).isPresent()) {
      reading.fault(
          AggregationSettings.STRUCTURE,
          "is auto, must be given: structures change between steps of data sets alone");
    }
    Optional<LearningRateSettings> rate = reading.value(TrainingSettings.LEARNING_RATE);
    rate.ifPresent(settings -> checkLengths(settings, reading));
  }

  private static void checkDataSet(Reading reading) {
    if (reading
        .value(DriftSettings.REACTION)
        .filter(Reaction.Replay.class::isInstance)
        .isPresent()) {
      reading.fault(
          DriftSettings.REACTION,
          "is replay, must be another: a data set has its examples in every epoch; replays are for"
              + " streams");
    }
  }

  private static void checkLengths(LearningRateSettings rate, Reading reading) {
    Key<?, ?> key = TrainingSettings.LEARNING_RATE;
    rate.schedule()
        .lengths()
        .forEach(
            (name, length) -> refuseEpochs(key, "schedule." + name, Optional.of(length), reading));
    if (rate.schedule().followsTheRun() && !reading.isGiven(TrainingSettings.STEPS)) {
      reading.fault(
          key, "has a cosine over the whole run, which has no end: give over, or training.steps");
    }
    refuseEpochs(key, "warm-up", rate.warmUp(), reading);
  }

  private static void refuseEpochs(
      Key<?, ?> key, String name, Optional<Length> length, Reading reading) {
    if (length.isPresent() && length.get() instanceof Length.Epochs epochs) {
      reading.fault(
          key,
          "has " + name + " of " + epochs.count() + " epochs, must be in steps: it is a stream");
    }
  }
}
