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
 * How often the state of the run is saved.
 *
 * @param interval from one checkpoint's start to the next
 * @param directory of checkpoints; empty for one inside the run's directory
 */
public record CheckpointSettings(Duration interval, Optional<Path> directory) {

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

  static final Section<CheckpointSettings> SECTION =
      new Section<>(
          List.of(INTERVAL, DIRECTORY),
          values -> new CheckpointSettings(values.get(INTERVAL), values.get(DIRECTORY)));
}
