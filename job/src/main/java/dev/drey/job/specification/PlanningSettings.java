package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the values that are {@code auto} are chosen.
 *
 * @param profile constants of the place where training runs; empty for built-in ones
 * @param goal what a plan optimizes
 */
public record PlanningSettings(Optional<Path> profile, Goal goal) {

  /** What a plan optimizes. */
  public enum Goal {
    /** The most operations per dollar and second. */
    RATIO,
    /** The least time. */
    TIME,
    /** The least cost. */
    COST
  }

  static final Key<PlanningSettings, Optional<Path>> PROFILE =
      Key.of(
              "profile",
              new OrWord<>(Paths.file(), "auto"),
              PlanningSettings::profile,
              "constants of the place where training runs, a file; auto is the built-in ones for"
                  + " workers.runtime")
          .orElse(Optional.empty());

  static final Key<PlanningSettings, Goal> GOAL =
      Key.of(
              "goal",
              Words.of(Goal.class),
              PlanningSettings::goal,
              "ratio: the most operations per dollar and second (Feng et al., 2018); time: the"
                  + " fastest; cost: the cheapest")
          .orElse(Goal.RATIO);

  static final Section<PlanningSettings> SECTION =
      new Section<>(
          List.of(PROFILE, GOAL),
          values -> new PlanningSettings(values.get(PROFILE), values.get(GOAL)));
}
