package dev.drey.job.specification.training;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.optimizer.Schedule;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the learning rate falls, in steps or epochs. */
public sealed interface ScheduleSettings {

  /** How the key is written. */
  Type<ScheduleSettings> TYPE =
      new Union<>(
          ScheduleSettings.class,
          List.of(
              new Union.Case<>(
                  "constant", Constant.class, new Section<>(List.of(), in -> new Constant())),
              new Union.Case<>("step", Step.class, Step.section()),
              new Union.Case<>("cosine", Cosine.class, Cosine.section())));

  /** The schedule in steps. */
  Schedule resolve(long stepsPerEpoch);

  /** The schedule's lengths by their keys, as {@code step.every}. */
  Map<String, Length> lengths();

  /** Whether the schedule depends on the length of the run. */
  boolean followsTheRun();

  /** A constant rate. */
  record Constant() implements ScheduleSettings {
    @Override
    public Schedule resolve(long stepsPerEpoch) {
      return new Schedule.Constant();
    }

    @Override
    public Map<String, Length> lengths() {
      return Map.of();
    }

    @Override
    public boolean followsTheRun() {
      return false;
    }
  }

  /**
   * Falls by a factor at regular intervals.
   *
   * @param every the interval
   * @param factor that the rate is multiplied by, in (0, 1]
   */
  record Step(Length every, double factor) implements ScheduleSettings {

    private static Section<Step> section() {
      Key<Step, Length> every =
          Key.of("every", Lengths.TYPE, Step::every, "how long the rate stays as it is");
      Key<Step, Double> factor =
          Key.of(
                  "factor",
                  Numbers.decimal("a number above 0 and at most 1", f -> f > 0 && f <= 1),
                  Step::factor,
                  "factor applied then")
              .orElse(0.1);
      return new Section<>(
          List.of(every, factor), values -> new Step(values.get(every), values.get(factor)));
    }

    @Override
    public Schedule resolve(long stepsPerEpoch) {
      return new Schedule.Step(every.steps(stepsPerEpoch), factor);
    }

    @Override
    public Map<String, Length> lengths() {
      return Map.of("step.every", every);
    }

    @Override
    public boolean followsTheRun() {
      return false;
    }
  }

  /**
   * Falls along half a cosine.
   *
   * @param over how long it falls; empty for the whole run
   * @param finalFactor share of the rate that is left at the end, in [0, 1]
   */
  record Cosine(Optional<Length> over, double finalFactor) implements ScheduleSettings {

    private static Section<Cosine> section() {
      Key<Cosine, Optional<Length>> over =
          Key.of(
                  "over",
                  new OrWord<>(Lengths.TYPE, "run"),
                  Cosine::over,
                  "how long the rate falls; `run` is to the end")
              .orElse(Optional.empty());
      Key<Cosine, Double> finalFactor =
          Key.of(
                  "final-factor",
                  Numbers.decimal("a number from 0 to 1", f -> f >= 0 && f <= 1),
                  Cosine::finalFactor,
                  "share of the rate that is left then")
              .orElse(0.0);
      return new Section<>(
          List.of(over, finalFactor),
          values -> new Cosine(values.get(over), values.get(finalFactor)));
    }

    @Override
    public Schedule resolve(long stepsPerEpoch) {
      return new Schedule.Cosine(
          over.map(length -> length.steps(stepsPerEpoch)).orElse(0L), finalFactor);
    }

    @Override
    public Map<String, Length> lengths() {
      return over.map(length -> Map.of("cosine.over", length)).orElse(Map.of());
    }

    @Override
    public boolean followsTheRun() {
      return over.isEmpty();
    }
  }
}
