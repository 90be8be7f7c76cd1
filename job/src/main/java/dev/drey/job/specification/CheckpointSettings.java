package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often the state of the run is saved, and what happens when the run is stopped or fails.
 *
 * @param interval from one checkpoint's start to the next
 * @param directory of checkpoints; empty for one inside the run's directory
 * @param stopWithin how long a stop waits for the steps in progress
 * @param restarts after failures
 */
public record CheckpointSettings(
    Duration interval, Optional<Path> directory, Duration stopWithin, RestartSettings restarts) {

  static final Key<CheckpointSettings, Duration> INTERVAL =
      Key.of(
              "interval",
              Quantities.duration(Duration.ofMillis(100), Duration.ofHours(24)),
              CheckpointSettings::interval,
              "time between two checkpoints: the most work that a failure can lose")
          .orElse(Duration.ofSeconds(10));

  static final Key<CheckpointSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              CheckpointSettings::directory,
              "of checkpoints; auto is one inside the run's directory")
          .orElse(Optional.empty());

  static final Key<CheckpointSettings, Duration> STOP_WITHIN =
      Key.of(
              "stop-within",
              Quantities.duration(Duration.ZERO, Duration.ofHours(24)),
              CheckpointSettings::stopWithin,
              "how long Ctrl-C or SIGTERM waits for the steps in progress; then they are given up,"
                  + " and the run ends with the last complete version")
          .orElse(Duration.ofSeconds(30));

  static final Key<CheckpointSettings, RestartSettings> RESTARTS =
      Key.of(
          "restarts",
          RestartSettings.SECTION,
          CheckpointSettings::restarts,
          "from the last checkpoint, after failures that may pass");

  static final Section<CheckpointSettings> SECTION =
      new Section<>(
          List.of(INTERVAL, DIRECTORY, STOP_WITHIN, RESTARTS),
          values ->
              new CheckpointSettings(
                  values.get(INTERVAL),
                  values.get(DIRECTORY),
                  values.get(STOP_WITHIN),
                  values.get(RESTARTS)));
}
