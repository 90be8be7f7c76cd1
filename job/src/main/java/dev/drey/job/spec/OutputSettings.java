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
 * @param publish versions on the way, or nothing for the last alone
 */
public record OutputSettings(Optional<Path> directory, Optional<PublishSettings> publish) {

  static final Key<OutputSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              OutputSettings::directory,
              "of the run: model, curve, summary, log; auto is `runs/<name>-<time>` where the command"
                  + " is called. `--out` goes before")
          .orElse(Optional.empty());

  static final Key<OutputSettings, Optional<PublishSettings>> PUBLISH =
      Key.of(
              "publish",
              new OrWord<>(PublishSettings.SECTION, "none"),
              OutputSettings::publish,
              "versions for others to use while the run goes on")
          .orElse(Optional.empty());

  static final Section<OutputSettings> SECTION =
      new Section<>(
          List.of(DIRECTORY, PUBLISH),
          values -> new OutputSettings(values.get(DIRECTORY), values.get(PUBLISH)));
}
