package dev.drey.job.spec;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.OrWord;
import dev.drey.job.spec.key.Paths;
import dev.drey.job.spec.key.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Versions that are published while the run goes on.
 *
 * @param every how often
 * @param to the directory, or nothing for one in the run's
 */
public record PublishSettings(Length every, Optional<Path> to) {

  static final Key<PublishSettings, Length> EVERY =
      Key.of("every", Lengths.TYPE, PublishSettings::every, "how often a version is published");

  static final Key<PublishSettings, Optional<Path>> TO =
      Key.of(
              "to",
              new OrWord<>(Paths.directory(), "auto"),
              PublishSettings::to,
              "the directory, which gets one per version; auto is `published` in the run's")
          .orElse(Optional.empty());

  static final Section<PublishSettings> SECTION =
      new Section<>(
          List.of(EVERY, TO), values -> new PublishSettings(values.get(EVERY), values.get(TO)));
}
