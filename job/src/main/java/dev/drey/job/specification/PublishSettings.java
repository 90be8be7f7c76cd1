package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Locations;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.operators.publish.GateRule;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How versions are published during the run.
 *
 * @param every steps between two versions, at least 1
 * @param to the directory; empty for one in the run's directory
 * @param announce the topic with a record per version, if any
 * @param gate the test that a version must pass, if any
 */
public record PublishSettings(
    long every, Optional<URI> to, Optional<TopicSettings> announce, Optional<GateRule> gate) {

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
              "Kafka topic with one record per published version: place, SHA-256, and what it was"
                  + " trained on")
          .orElse(Optional.empty());

  private static final Key<GateRule, Integer> EXAMPLES =
      Key.of(
              "examples",
              Numbers.whole(1, 1_000_000),
              GateRule::examples,
              "how many of the examples that come after a version it is compared on with the one"
                  + " published last, before either is trained on them; fewer, if so many do not come"
                  + " within `every` steps")
          .orElse(1000);

  private static final Key<GateRule, Double> TOLERANCE =
      Key.of(
              "tolerance",
              Numbers.decimal("a number of at least 0", n -> n >= 0),
              GateRule::tolerance,
              "how far its mean loss may exceed that of the published version, as a share")
          .orElse(0.0);

  static final Key<PublishSettings, Optional<GateRule>> GATE =
      Key.of(
              "gate",
              new OrWord<>(
                  new Section<>(
                      List.of(EXAMPLES, TOLERANCE),
                      values -> new GateRule(values.get(EXAMPLES), values.get(TOLERANCE))),
                  "none"),
              PublishSettings::gate,
              "of a stream: a version that does worse on recent examples than the one published last"
                  + " is not published; it takes one invocation at a time, beyond workers.concurrency")
          .orElse(Optional.empty(), "none");

  static final Section<PublishSettings> SECTION =
      new Section<PublishSettings>(
          List.of(EVERY, TO, ANNOUNCE, GATE),
          values ->
              new PublishSettings(
                  values.get(EVERY), values.get(TO), values.get(ANNOUNCE), values.get(GATE)));

  /** Reports a gate on a data set, which has no recent examples. */
  static void check(Reading reading) {
    if (!reading.isStream() && reading.value(GATE).flatMap(gate -> gate).isPresent()) {
      reading.fault(GATE, "is given, must be none: a data set repeats its rows, none are recent");
    }
  }
}
