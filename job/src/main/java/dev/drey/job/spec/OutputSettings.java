package dev.drey.job.spec;

import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.OrWord;
import dev.drey.job.spec.key.Paths;
import dev.drey.job.spec.key.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the model goes.
 *
 * @param directory of the run, or nothing for runs/name-time below the working directory
 */
public record OutputSettings(Optional<Path> directory) {

  static final Key<OutputSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              OutputSettings::directory,
              "of the run: model, curve, summary, log; auto is `runs/<name>-<time>` where the command"
                  + " is called. `--out` goes before")
          .orElse(Optional.empty());

  static final Section<OutputSettings> SECTION =
      new Section<>(List.of(DIRECTORY), values -> new OutputSettings(values.get(DIRECTORY)));
}
