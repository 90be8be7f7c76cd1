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
 * What a plan is asked for, by the options of {@code drey plan}.
 *
 * @param aim what makes it the best, if it is not the specification's goal
 * @param budget most dollars of the whole run
 * @param deadline longest time of the whole run
 * @param workers the number of workers, if it is not to be chosen
 * @param mostWorkers the largest number to choose
 * @param localSteps the numbers to choose from
 * @param tasks of the loop that adds up
 * @param parameters of the network, if no specification has it
 */
public record PlanWishes(
    Optional<PlanningSettings.Goal> aim,
    Optional<Double> budget,
    Optional<Duration> deadline,
    Optional<Integer> workers,
    Optional<Integer> mostWorkers,
    List<Integer> localSteps,
    Optional<Integer> tasks,
    Optional<Integer> parameters) {

  /** All of it left to the planner. */
  public static final PlanWishes NONE =
      new PlanWishes(
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
          PlanWishes::choices,
          List::toString);

  private static final Key<PlanWishes, Optional<PlanningSettings.Goal>> AIM =
      maybe(
          "--goal",
          Words.of(PlanningSettings.Goal.class),
          PlanWishes::aim,
          "ratio: the most operations by dollar and second; time; or cost (default: SPEC's planning.goal, ratio)");

  private static final Key<PlanWishes, Optional<Double>> BUDGET =
      maybe(
          "--budget",
          Numbers.decimal("a number of dollars above 0", d -> d > 0),
          PlanWishes::budget,
          "the shortest time for at most so many dollars of the whole run");

  private static final Key<PlanWishes, Optional<Duration>> DEADLINE =
      maybe(
          "--deadline",
          Quantities.duration(Duration.ofMillis(1), Duration.ofDays(365)),
          PlanWishes::deadline,
          "the least cost within this time of the whole run, as 90s, 15min or 2h");

  private static final Key<PlanWishes, Optional<Integer>> WORKERS =
      maybe(
          "--workers",
          Numbers.whole(1, PlanSpace.MOST_WORKERS),
          PlanWishes::workers,
          "this many workers; without SPEC, plans the structure alone");

  private static final Key<PlanWishes, Optional<Integer>> MOST =
      maybe(
          "--max-workers",
          Numbers.whole(1, PlanSpace.MOST_WORKERS),
          PlanWishes::mostWorkers,
          "at most so many (default: as many as the place runs at a time, or SPEC has)");

  private static final Key<PlanWishes, List<Integer>> LOCAL_STEPS =
      Key.of(
              "--local-steps",
              CHOICES,
              PlanWishes::localSteps,
              "how many steps a worker may take by itself, to choose from, as 1,5,20 (default: 1)")
          .orElse(List.of(1));

  private static final Key<PlanWishes, Optional<Integer>> TASKS =
      maybe(
          "--tasks",
          Numbers.whole(1, MOST_TASKS),
          PlanWishes::tasks,
          "Flink tasks of the loop (default: as many as drey train has here)");

  private static final Key<PlanWishes, Optional<Integer>> PARAMETERS =
      maybe(
          "--parameters",
          Numbers.whole(1, Integer.MAX_VALUE),
          PlanWishes::parameters,
          "of the network, without SPEC (default: 1,000,000)");

  private static final Section<PlanWishes> SECTION =
      new Section<PlanWishes>(
              List.of(AIM, BUDGET, DEADLINE, WORKERS, MOST, LOCAL_STEPS, TASKS, PARAMETERS),
              values ->
                  new PlanWishes(
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

  public PlanWishes {
    localSteps = List.copyOf(localSteps);
  }

  /** The options, each with what it means by its name. */
  public static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    SECTION.keys().forEach(key -> options.put(key.name(), key.meaning()));
    return options;
  }

  /**
   * Reads options as they were given.
   *
   * @param options their text by their names, as {@code --budget}
   * @throws SpecificationException with all that are wrong
   */
  public static PlanWishes of(Map<String, String> options) throws SpecificationException {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    options.forEach((name, text) -> entries.put(name, new Yaml.Text(new Place(name, 0), text)));
    Reading reading = new Reading(new Surroundings(Path.of(""), "options", 1, false));
    Optional<PlanWishes> wishes = SECTION.read(new Yaml.Mapping(Place.TOP, entries), reading);
    if (wishes.isEmpty() || !reading.faults().isEmpty()) {
      throw new SpecificationException(reading.faults());
    }
    return wishes.get();
  }

  /** The numbers of workers to choose from, if it is not said how many at most. */
  Span workers(int most) {
    return workers.map(Span::only).orElseGet(() -> new Span(1, mostWorkers.orElse(most)));
  }

  private static <T> Key<PlanWishes, Optional<T>> maybe(
      String name, Type<T> type, Function<PlanWishes, Optional<T>> component, String meaning) {
    return Key.of(name, new Maybe<>(type), component, meaning).orElse(Optional.empty(), "");
  }

  @SafeVarargs
  private static void atMostOneOf(Reading reading, Key<PlanWishes, ?>... keys) {
    Key<PlanWishes, ?> first = null;
    for (Key<PlanWishes, ?> key : keys) {
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
