package dev.drey.job.specification.training;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.optimizer.Adam;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Section;
import java.util.List;
import java.util.Optional;

/**
 * How the network is trained.
 *
 * @param optimizer how a mean gradient changes the weights
 * @param learningRate of every step
 * @param length how many steps or epochs
 * @param miniBatch examples per slot and step
 * @param seed of the initial weights, the split and the shuffles
 * @param staleness how many steps old the weights of a gradient may be
 * @param clipNorm largest norm of the mean gradient, above 0; empty for no clipping
 * @param l2 weight of the penalty on the squares of the weights, at least 0
 * @param prequential how the error before training is reported
 * @param drift how drifts are detected and answered; empty for no detection
 */
public record TrainingSettings(
    Optimizer optimizer,
    LearningRateSettings learningRate,
    Length length,
    int miniBatch,
    long seed,
    Staleness staleness,
    Optional<Double> clipNorm,
    float l2,
    Prequential.Settings prequential,
    Optional<DriftSettings> drift) {

  private static final int DEFAULT_EPOCHS = 10;

  /** The number of steps of a run that ends when its stream ends. */
  private static final long ENDLESS = Long.MAX_VALUE;

  static final Key<TrainingSettings, Optimizer> OPTIMIZER =
      Key.of(
              "optimizer",
              Optimizers.TYPE,
              TrainingSettings::optimizer,
              "how the mean gradient of a step changes the weights: a name, or a name with its"
                  + " keys")
          .orElse(Adam.DEFAULT, "adam");

  public static final Key<TrainingSettings, LearningRateSettings> LEARNING_RATE =
      Key.of(
              "learning-rate",
              LearningRateSettings.TYPE,
              TrainingSettings::learningRate,
              "a number, or the keys below")
          .orElse(LearningRateSettings.constant(0.001), "0.001");

  public static final Key<TrainingSettings, Optional<Integer>> EPOCHS =
      Key.of(
              "epochs",
              new Maybe<>(Numbers.whole(1, 1_000_000)),
              TrainingSettings::epochs,
              "passes over the training rows")
          .orElse(
              DEFAULT_EPOCHS + ", without steps; of a stream, none",
              reading ->
                  Optional.of(
                      reading.isGiven(TrainingSettings.STEPS) || reading.isStream()
                          ? Optional.empty()
                          : Optional.of(DEFAULT_EPOCHS)));

  public static final Key<TrainingSettings, Optional<Long>> STEPS =
      Key.of(
              "steps",
              new Maybe<>(Numbers.count(1)),
              TrainingSettings::steps,
              "weight updates, instead of epochs")
          .orElse(Optional.empty(), "as epochs say; of a stream, until it ends");

  static final Key<TrainingSettings, Integer> MINI_BATCH =
      Key.of(
              "mini-batch",
              Numbers.whole(1, 1_000_000),
              TrainingSettings::miniBatch,
              "examples per slot and step; a step averages over workers.count times as many")
          .orElse(64);

  static final Key<TrainingSettings, Long> SEED =
      Key.of(
              "seed",
              Numbers.count(0),
              TrainingSettings::seed,
              "of the initial weights, the held-out rows and the shuffles: the same seed gives the"
                  + " same model")
          .orElse(1L);

  static final Key<TrainingSettings, Staleness> STALENESS =
      Key.of(
              "staleness",
              Staleness.TYPE,
              TrainingSettings::staleness,
              "how many steps old the weights may be that a step is computed with; 0 is"
                  + " synchronous, unbounded is asynchronous")
          .orElse(Staleness.SYNCHRONOUS);

  static final Key<TrainingSettings, Optional<Double>> CLIP_NORM =
      Key.of(
              "clip-norm",
              new OrWord<>(Numbers.decimal("a number above 0", n -> n > 0), "none"),
              TrainingSettings::clipNorm,
              "longest norm of the mean gradient; a longer one is shortened to it")
          .orElse(Optional.empty());

  static final Key<TrainingSettings, Float> L2 =
      Key.of(
              "l2",
              Numbers.single("a number of at least 0", n -> n >= 0),
              TrainingSettings::l2,
              "adds l2 times each weight to its gradient, after clipping: PyTorch's weight_decay;"
                  + " adamw has a decay of its own, apart from the gradient")
          .orElse(0f);

  static final Key<TrainingSettings, Prequential.Settings> PREQUENTIAL =
      Key.of(
          "prequential",
          PrequentialSettings.SECTION,
          TrainingSettings::prequential,
          "how the error of each step's examples before training on them is reported (Gama,"
              + " Sebastiao and Rodrigues, 2013)");

  static final Key<TrainingSettings, Optional<DriftSettings>> DRIFT =
      Key.of(
              "drift",
              new OrWord<>(DriftSettings.SECTION, "none"),
              TrainingSettings::drift,
              "how lasting changes of the data are detected, and the reaction; `{}` uses all"
                  + " defaults")
          .orElse(Optional.empty());

  public static final Section<TrainingSettings> SECTION =
      new Section<TrainingSettings>(
              List.of(
                  OPTIMIZER,
                  LEARNING_RATE,
                  EPOCHS,
                  STEPS,
                  MINI_BATCH,
                  SEED,
                  STALENESS,
                  CLIP_NORM,
                  L2,
                  PREQUENTIAL,
                  DRIFT),
              values ->
                  new TrainingSettings(
                      values.get(OPTIMIZER),
                      values.get(LEARNING_RATE),
                      length(values.get(EPOCHS), values.get(STEPS)),
                      values.get(MINI_BATCH),
                      values.get(SEED),
                      values.get(STALENESS),
                      values.get(CLIP_NORM),
                      values.get(L2),
                      values.get(PREQUENTIAL),
                      values.get(DRIFT)))
          .check(
              reading -> {
                if (reading.isGiven(EPOCHS) && reading.isGiven(STEPS)) {
                  reading.fault(STEPS, "is given beside epochs, give one of them");
                }
              });

  /**
   * The shards of the parameter vector: only one with clipping, whose norm is over the whole
   * vector.
   */
  public Shards shards(int parameters) {
    return clipNorm.isPresent() ? new Shards(parameters, 1) : Shards.of(parameters);
  }

  private static Length length(Optional<Integer> epochs, Optional<Long> steps) {
    return epochs
        .<Length>map(Length.Epochs::new)
        .orElseGet(() -> new Length.Steps(steps.orElse(ENDLESS)));
  }

  private Optional<Integer> epochs() {
    return length instanceof Length.Epochs epochs ? Optional.of(epochs.count()) : Optional.empty();
  }

  private Optional<Long> steps() {
    return length instanceof Length.Steps steps && steps.count() < ENDLESS
        ? Optional.of(steps.count())
        : Optional.empty();
  }
}
