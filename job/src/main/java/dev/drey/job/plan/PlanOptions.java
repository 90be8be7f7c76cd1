package dev.drey.job.plan;

import dev.drey.core.plan.PlanSpace;
import dev.drey.core.plan.Span;
import dev.drey.job.specification.PlanningSettings;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Place;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import dev.drey.job.specification.key.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The options of {@code drey plan}.
 *
 * @param aim the goal, if it is not the specification's
 * @param budget maximum cost of the whole run, dollars
 * @param deadline maximum time of the whole run
 * @param workers fixed number of workers
 * @param mostWorkers maximum number of workers
 * @param localSteps numbers of local steps to choose from
 * @param tasks Flink tasks of the loop
 * @param parameters of the network, without a specification
 */
public record PlanOptions(
    Optional<PlanningSettings.Goal> aim,
    Optional<Double> budget,
    Optional<Duration> deadline,
    Optional<Integer> workers,
    Optional<Integer> mostWorkers,
    List<Integer> localSteps,
    Optional<Integer> tasks,
    Optional<Integer> parameters) {

  /** No options. */
  public static final PlanOptions NONE =
      new PlanOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(1),
          Optional.empty(),
          Optional.empty());

  private static final int MOST_CHOICES = 100;
  private static final int MOST_TASKS = 10_000;

  private static final Type<List<Integer>> CHOICES =
      new Scalar<>(
          "whole numbers from 1 to 1,000,000, at most 100, as 1,5,20",
          PlanOptions::choices,
          List::toString);

  private static final Key<PlanOptions, Optional<PlanningSettings.Goal>> AIM =
      maybe(
          "--goal",
          Words.of(PlanningSettings.Goal.class),
          PlanOptions::aim,
          "ratio: the most operations per dollar and second; time; or cost (default: planning.goal of SPEC, else ratio)");

  private static final Key<PlanOptions, Optional<Double>> BUDGET =
      maybe(
          "--budget",
          Numbers.decimal("a number of dollars above 0", d -> d > 0),
          PlanOptions::budget,
          "the shortest time for at most this many dollars for the whole run");

  private static final Key<PlanOptions, Optional<Duration>> DEADLINE =
      maybe(
          "--deadline",
          Quantities.duration(Duration.ofMillis(1), Duration.ofDays(365)),
          PlanOptions::deadline,
          "the least cost within this time for the whole run, as 90s, 15min or 2h");

  private static final Key<PlanOptions, Optional<Integer>> WORKERS =
      maybe(
          "--workers",
          Numbers.whole(1, PlanSpace.MOST_WORKERS),
          PlanOptions::workers,
          "exactly this many workers; without SPEC, plans only the structure");

  private static final Key<PlanOptions, Optional<Integer>> MOST =
      maybe(
          "--max-workers",
          Numbers.whole(1, PlanSpace.MOST_WORKERS),
          PlanOptions::mostWorkers,
          "at most this many workers (default: the concurrency of the place, or the number in SPEC)");

  private static final Key<PlanOptions, List<Integer>> LOCAL_STEPS =
      Key.of(
              "--local-steps",
              CHOICES,
              PlanOptions::localSteps,
              "numbers of local steps of a worker to choose from, as 1,5,20 (default: 1)")
          .orElse(List.of(1));

  private static final Key<PlanOptions, Optional<Integer>> TASKS =
      maybe(
          "--tasks",
          Numbers.whole(1, MOST_TASKS),
          PlanOptions::tasks,
          "Flink tasks of the loop (default: as many as drey train uses on this machine)");

  private static final Key<PlanOptions, Optional<Integer>> PARAMETERS =
      maybe(
          "--parameters",
          Numbers.whole(1, Integer.MAX_VALUE),
          PlanOptions::parameters,
          "parameters of the network, without SPEC (default: 1,000,000)");

  private static final Section<PlanOptions> SECTION =
      new Section<PlanOptions>(
              List.of(AIM, BUDGET, DEADLINE, WORKERS, MOST, LOCAL_STEPS, TASKS, PARAMETERS),
              values ->
                  new PlanOptions(
                      values.get(AIM),
                      values.get(BUDGET),
                      values.get(DEADLINE),
                      values.get(WORKERS),
                      values.get(MOST),
                      values.get(LOCAL_STEPS),
                      values.get(TASKS),
                      values.get(PARAMETERS)))
          .check(reading -> atMostOneOf(reading, AIM, BUDGET, DEADLINE))
          .check(reading -> atMostOneOf(reading, WORKERS, MOST));

  public PlanOptions {
    localSteps = List.copyOf(localSteps);
  }

  /** The meaning of each option, by its name. */
  public static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    SECTION.keys().forEach(key -> options.put(key.name(), key.meaning()));
    return options;
  }

  /**
   * Reads the options of the command line.
   *
   * @param options text of each option by its name, as {@code --budget}
   * @throws SpecificationException with all faults
   */
  public static PlanOptions of(Map<String, String> options) throws SpecificationException {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    options.forEach((name, text) -> entries.put(name, new Yaml.Text(new Place(name, 0), text)));
    Reading reading = new Reading(new Surroundings(Path.of(""), "options", 1, false));
    Optional<PlanOptions> read = SECTION.read(new Yaml.Mapping(Place.TOP, entries), reading);
    if (read.isEmpty() || !reading.faults().isEmpty()) {
      throw new SpecificationException(reading.faults());
    }
    return read.get();
  }

  /**
   * The numbers of workers to choose from.
   *
   * @param most maximum without an option
   */
  Span workers(int most) {
    return workers.map(Span::only).orElseGet(() -> new Span(1, mostWorkers.orElse(most)));
  }

  private static <T> Key<PlanOptions, Optional<T>> maybe(
      String name, Type<T> type, Function<PlanOptions, Optional<T>> component, String meaning) {
    return Key.of(name, new Maybe<>(type), component, meaning).orElse(Optional.empty(), "");
  }

  @SafeVarargs
  private static void atMostOneOf(Reading reading, Key<PlanOptions, ?>... keys) {
    Key<PlanOptions, ?> first = null;
    for (Key<PlanOptions, ?> key : keys) {
      if (reading.isGiven(key) && first != null) {
        reading.fault(key, "is given beside " + first.name() + ", give one of them");
      } else if (reading.isGiven(key)) {
        first = key;
      }
    }
  }

  private static Optional<List<Integer>> choices(String text) {
    List<Integer> choices = new ArrayList<>();
    for (String part : text.split(",", MOST_CHOICES + 1)) {
      try {
        choices.add(Integer.valueOf(part.strip()));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return choices.size() <= MOST_CHOICES
            && choices.stream().allMatch(n -> n >= 1 && n <= PlanSpace.MOST_LOCAL_STEPS)
        ? Optional.of(choices)
        : Optional.empty();
  }
}
