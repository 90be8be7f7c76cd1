package dev.drey.job.specification.training;

import dev.drey.core.drift.Adwin;
import dev.drey.core.drift.DriftDetector;
import dev.drey.core.drift.PageHinkley;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.server.DriftRule.Reaction;
import dev.drey.operators.stream.Replaying;
import java.util.List;
import java.util.Optional;

/**
 * How drifts are detected, and the reaction to them.
 *
 * @param detector of changes
 * @param on the value that the detector watches
 * @param range the value that is scaled to 1; larger ones count as 1; above 0
 * @param reaction to a rise
 */
public record DriftSettings(
    DriftDetector.Settings detector, Watched on, double range, Reaction reaction) {

  /** The value that the detector watches. */
  public enum Watched {
    /** The share of wrong answers, or the mean absolute error where nothing is classified. */
    ERROR,
    /** The loss. */
    LOSS
  }

  private static final Type<Double> ABOVE_ZERO = Numbers.decimal("a number above 0", n -> n > 0);

  static final Key<DriftSettings, DriftDetector.Settings> DETECTOR =
      Key.of(
              "detector",
              new Union<>(
                  DriftDetector.Settings.class,
                  List.of(
                      new Union.Case<>("adwin", Adwin.Settings.class, adwin()),
                      new Union.Case<>("page-hinkley", PageHinkley.Settings.class, pageHinkley()))),
              DriftSettings::detector,
              "what finds a change in the means of steps: ADWIN (Bifet and Gavalda, 2007), or the"
                  + " test of Page (1954) and Hinkley (1971)")
          .orElse(Adwin.Settings.DEFAULT, "adwin");

  static final Key<DriftSettings, Watched> ON =
      Key.of(
              "on",
              Words.of(Watched.class),
              DriftSettings::on,
              "what is watched, of each step's examples before they are trained on; error is the"
                  + " share of wrong answers, or the mean absolute error where nothing is"
                  + " classified")
          .orElse(Watched.ERROR);

  static final Key<DriftSettings, Double> RANGE =
      Key.of(
              "range",
              ABOVE_ZERO,
              DriftSettings::range,
              "value that is scaled to 1 for the detector; larger ones count as 1")
          .orElse(1.0);

  public static final Key<DriftSettings, Reaction> REACTION =
      Key.of(
              "reaction",
              new Union<>(
                  Reaction.class,
                  List.of(
                      new Union.Case<>(
                          "none",
                          Reaction.Nothing.class,
                          new Section<>(List.of(), values -> new Reaction.Nothing())),
                      new Union.Case<>("boost", Reaction.Boost.class, boost()),
                      new Union.Case<>("replay", Reaction.Replay.class, replaying()),
                      new Union.Case<>(
                          "reset-optimizer",
                          Reaction.ResetOptimizer.class,
                          new Section<>(List.of(), values -> new Reaction.ResetOptimizer())))),
              DriftSettings::reaction,
              "reaction to a rise, besides reporting it: none, a higher learning rate for a while"
                  + " (boost), a replay of recent examples of a stream, or an optimizer reset")
          .orElse(new Reaction.Nothing(), "none");

  static final Section<DriftSettings> SECTION =
      new Section<>(
          List.of(DETECTOR, ON, RANGE, REACTION),
          values ->
              new DriftSettings(
                  values.get(DETECTOR), values.get(ON), values.get(RANGE), values.get(REACTION)));

  private static Section<Adwin.Settings> adwin() {
    Key<Adwin.Settings, Double> delta =
        Key.of(
                "delta",
                Numbers.decimal("a number between 0 and 1", d -> d > 0 && d < 1),
                Adwin.Settings::delta,
                "chance of a false alarm per step, at most")
            .orElse(Adwin.Settings.DEFAULT.delta());
    return new Section<>(List.of(delta), values -> new Adwin.Settings(values.get(delta)));
  }

  private static Section<PageHinkley.Settings> pageHinkley() {
    Key<PageHinkley.Settings, Double> tolerance =
        Key.of(
                "tolerance",
                Numbers.decimal("a number of at least 0", t -> t >= 0),
                PageHinkley.Settings::tolerance,
                "what the mean may change by, as a share of range")
            .orElse(PageHinkley.Settings.DEFAULT.tolerance());
    Key<PageHinkley.Settings, Double> threshold =
        Key.of(
                "threshold",
                ABOVE_ZERO,
                PageHinkley.Settings::threshold,
                "sum of the changes beyond tolerance, over the steps, that counts as a drift")
            .orElse(PageHinkley.Settings.DEFAULT.threshold());
    return new Section<>(
        List.of(tolerance, threshold),
        values -> new PageHinkley.Settings(values.get(tolerance), values.get(threshold)));
  }

  private static Section<Reaction.Boost> boost() {
    Key<Reaction.Boost, Double> factor =
        Key.of(
                "factor",
                ABOVE_ZERO,
                Reaction.Boost::factor,
                "what the learning rate is multiplied by at first")
            .orElse(5.0);
    Key<Reaction.Boost, Long> steps =
        Key.of(
                "steps",
                Numbers.count(1),
                Reaction.Boost::steps,
                "over how many steps it falls back to what it was")
            .orElse(100L);
    return new Section<>(
        List.of(factor, steps),
        values -> new Reaction.Boost(values.get(factor), values.get(steps)));
  }

  private static Section<Reaction.Replay> replaying() {
    Key<Reaction.Replay, Long> steps =
        Key.of("steps", Numbers.count(1), Reaction.Replay::steps, "for how many steps")
            .orElse(100L);
    Key<Reaction.Replay, Integer> examples =
        Key.of(
                "examples",
                Numbers.whole(1, 1_000_000),
                Reaction.Replay::examples,
                "sampled of those since the drift began, over all slots; four times as many are"
                    + " kept")
            .orElse(1000);
    Key<Reaction.Replay, Double> share =
        Key.of(
                "share",
                Numbers.decimal(
                    "a number above 0 and at most " + Replaying.MOST_SHARE,
                    s -> s > 0 && s <= Replaying.MOST_SHARE),
                Reaction.Replay::share,
                "share of a step's slots that train on the sample; the others train on new"
                    + " examples")
            .orElse(0.5);
    return new Section<>(
        List.of(steps, examples, share),
        values -> new Reaction.Replay(values.get(steps), values.get(examples), values.get(share)));
  }

  /** The replay, if that is the reaction. */
  public Optional<Reaction.Replay> replay() {
    return reaction instanceof Reaction.Replay replay ? Optional.of(replay) : Optional.empty();
  }

  /**
   * The rule for the parameter server.
   *
   * @param classifies whether the network's loss does
   */
  public DriftRule rule(boolean classifies) {
    DriftRule.Signal signal =
        switch (on) {
          case LOSS -> DriftRule.Signal.LOSS;
          case ERROR -> classifies ? DriftRule.Signal.ERROR_RATE : DriftRule.Signal.ABSOLUTE_ERROR;
        };
    return new DriftRule(detector, signal, range, reaction);
  }
}
