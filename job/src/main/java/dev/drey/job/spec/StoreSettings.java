package dev.drey.job.spec;

import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.OrWord;
import dev.drey.job.spec.key.Paths;
import dev.drey.job.spec.key.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where weights and gradients lie that do not go inside a request.
 *
 * @param directory that the job and the workers both see, or nothing for one that the run makes and
 *     removes
 */
public record StoreSettings(Optional<Path> directory) {

  static final Key<StoreSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              StoreSettings::directory,
              "that the job and the workers both see; auto is one of the run's own, in memory where"
                  + " there is /dev/shm")
          .orElse(Optional.empty());

  static final Section<StoreSettings> SECTION =
      new Section<>(List.of(DIRECTORY), values -> new StoreSettings(values.get(DIRECTORY)));
}
