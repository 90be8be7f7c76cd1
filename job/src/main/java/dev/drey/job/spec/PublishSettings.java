package dev.drey.job.spec;

import dev.drey.job.spec.key.Key;
import dev.drey.job.spec.key.Locations;
import dev.drey.job.spec.key.Numbers;
import dev.drey.job.spec.key.OrWord;
import dev.drey.job.spec.key.Section;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Versions that are published while the run goes on.
 *
 * @param every steps from one to the next, at least 1
 * @param to the directory, or nothing for one in the run's
 * @param announce the topic that tells of them, if any
 */
public record PublishSettings(long every, Optional<URI> to, Optional<TopicSettings> announce) {

  static final Key<PublishSettings, Long> EVERY =
      Key.of(
          "every",
          Numbers.count(1),
          PublishSettings::every,
          "steps from one published version to the next");

  static final Key<PublishSettings, Optional<URI>> TO =
      Key.of(
              "to",
              new OrWord<>(new Locations(), "auto"),
              PublishSettings::to,
              "the directory, which gets one per version: a path, or a URI of a file system that Flink"
                  + " has (s3://bucket/models); auto is `published` in the run's")
          .orElse(Optional.empty());

  static final Key<PublishSettings, Optional<TopicSettings>> ANNOUNCE =
      Key.of(
              "announce",
              new OrWord<>(TopicSettings.TYPE, "none"),
              PublishSettings::announce,
              "the Kafka topic that tells of each, once it is there: its place, its fingerprint,"
                  + " and what it was trained on")
          .orElse(Optional.empty());

  static final Section<PublishSettings> SECTION =
      new Section<>(
          List.of(EVERY, TO, ANNOUNCE),
          values -> new PublishSettings(values.get(EVERY), values.get(TO), values.get(ANNOUNCE)));
}
