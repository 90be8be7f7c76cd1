package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where weights and gradients are stored that do not fit inside a request.
 *
 * @param directory that the job and the workers both see; empty for one that the run makes and
 *     removes
 * @param deadline of publishing a version, attempts and waits together
 */
public record StoreSettings(Optional<Path> directory, Duration deadline) {

  static final Key<StoreSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              StoreSettings::directory,
              "that the job and the workers both see; auto is one of the run's own, in memory where"
                  + " there is /dev/shm")
          .orElse(Optional.empty());

  static final Key<StoreSettings, Duration> DEADLINE =
      Key.of(
              "deadline",
              Quantities.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
              StoreSettings::deadline,
              "how long writing weights is repeated before the job restarts from its last"
                  + " checkpoint; checkpoints wait meanwhile")
          .orElse(Duration.ofMinutes(2));

  static final Section<StoreSettings> SECTION =
      new Section<>(
          List.of(DIRECTORY, DEADLINE),
          values -> new StoreSettings(values.get(DIRECTORY), values.get(DEADLINE)));

  /** The place that the job and the workers both reach; empty if the run makes one. */
  public Optional<URI> place() {
    return directory.map(Path::toUri);
  }
}
