package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The places that a run writes to.
 *
 * @param directory of the run; empty for runs/name-time below the working directory
 * @param publish how versions are published during the run; empty to save only the final model
 * @param metricsTopic the topic of the learning curve and the drifts, if any
 */
public record OutputSettings(
    Optional<Path> directory,
    Optional<PublishSettings> publish,
    Optional<TopicSettings> metricsTopic) {

  static final Key<OutputSettings, Optional<Path>> DIRECTORY =
      Key.of(
              "directory",
              new OrWord<>(Paths.directory(), "auto"),
              OutputSettings::directory,
              "of the run: model, curve, summary, log; auto is `runs/<name>-<time>` where the"
                  + " command is called. `--out` overrides it")
          .orElse(Optional.empty());

  static final Key<OutputSettings, Optional<PublishSettings>> PUBLISH =
      Key.of(
              "publish",
              new OrWord<>(PublishSettings.SECTION, "none"),
              OutputSettings::publish,
              "versions published during the run, for others to use")
          .orElse(Optional.empty());

  static final Key<OutputSettings, Optional<TopicSettings>> METRICS_TOPIC =
      Key.of(
              "metrics-topic",
              new OrWord<>(TopicSettings.TYPE, "none"),
              OutputSettings::metricsTopic,
              "the Kafka topic of the learning curve and of drifts, beside their files")
          .orElse(Optional.empty());

  static final Section<OutputSettings> SECTION =
      new Section<>(
          List.of(DIRECTORY, PUBLISH, METRICS_TOPIC),
          values ->
              new OutputSettings(
                  values.get(DIRECTORY), values.get(PUBLISH), values.get(METRICS_TOPIC)));

  /**
   * Without a stream, topics must name their brokers: there are none of a stream to fall back on.
   */
  static void check(Reading reading) {
    checkBrokers(METRICS_TOPIC, reading.value(METRICS_TOPIC).flatMap(topic -> topic), reading);
    checkBrokers(
        PublishSettings.ANNOUNCE,
        reading.value(PublishSettings.ANNOUNCE).flatMap(topic -> topic),
        reading);
  }

  private static void checkBrokers(Key<?, ?> key, Optional<TopicSettings> topic, Reading reading) {
    if (topic.isPresent() && topic.get().servers().isEmpty() && !reading.isStream()) {
      reading.fault(
          key,
          "has no bootstrap-servers, must have them: the data are not a stream, whose servers would be the default");
    }
  }
}
