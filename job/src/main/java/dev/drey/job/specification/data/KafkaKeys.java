package dev.drey.job.specification.data;

import dev.drey.connectors.kafka.ClientProperties;
import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.LostOffsets;
import dev.drey.connectors.kafka.StartingOffsets;
import dev.drey.connectors.kafka.StoppingOffsets;
import dev.drey.connectors.kafka.Topics;
import dev.drey.job.specification.key.Instants;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.OneOrMore;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Values;
import dev.drey.job.specification.key.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of a stream's source in Kafka. */
final class KafkaKeys {

  private static final Key<KafkaSettings, String> SERVERS =
      Key.of(
          "bootstrap-servers",
          KafkaTypes.ADDRESSES,
          KafkaSettings::servers,
          "some of the brokers, as host:port, joined by commas");

  private static final Key<KafkaSettings, Optional<List<String>>> TOPICS =
      Key.of(
              "topics",
              new Maybe<>(new OneOrMore<>("topics", KafkaTypes.TOPIC)),
              KafkaKeys::named,
              "the topics that are read")
          .orElse(Optional.empty(), "needed without topic-pattern");

  private static final Key<KafkaSettings, Optional<String>> TOPIC_PATTERN =
      Key.of(
              "topic-pattern",
              new Maybe<>(
                  Words.matching("a regular expression of Java", Pattern.compile("(?s).+"))),
              KafkaKeys::pattern,
              "all topics whose whole name matches, later ones too")
          .orElse(Optional.empty(), "none");

  private static final Key<KafkaSettings, String> GROUP =
      Key.of(
              "group",
              Words.matching(
                  "a name of at most 200 characters without spaces", Pattern.compile("\\S{1,200}")),
              KafkaSettings::group,
              "consumer group: offsets are committed to it with each checkpoint, for Kafka's tools"
                  + " to show how far the run is; the run itself goes by its checkpoints")
          .orElse("drey-<name>", r -> r.runName().map(n -> "drey-" + n));

  private static final Key<KafkaSettings, StartingOffsets> START =
      Key.of(
              "start",
              Instants.<StartingOffsets>orWords(
                  starts(),
                  StartingOffsets.At::new,
                  start ->
                      start instanceof StartingOffsets.At at
                          ? Optional.of(at.time())
                          : Optional.empty()),
              KafkaSettings::start,
              "where a run without a checkpoint starts: the first record, new records only, the"
                  + " group's offsets (or, without any, the first record), or a time")
          .orElse(new StartingOffsets.Earliest());

  private static final Key<KafkaSettings, StoppingOffsets> END =
      Key.of(
              "end",
              Instants.<StoppingOffsets>orWords(
                  ends(),
                  StoppingOffsets.At::new,
                  end ->
                      end instanceof StoppingOffsets.At at
                          ? Optional.of(at.time())
                          : Optional.empty()),
              KafkaSettings::end,
              "where the run ends: never, at the records that exist at the start, or at a time")
          .orElse(new StoppingOffsets.Never());

  private static final Key<KafkaSettings, Optional<Duration>> DISCOVERY =
      Key.of(
              "discovery",
              new OrWord<>(Quantities.duration(Duration.ofMillis(100), Duration.ofDays(1)), "off"),
              (KafkaSettings k) -> Optional.ofNullable(k.discovery()),
              "how often new partitions, and new topics of a pattern, are looked for")
          .orElse(Optional.of(Duration.ofMinutes(1)), "1 min");

  private static final Key<KafkaSettings, LostOffsets> LOST_OFFSETS =
      Key.of(
              "lost-offsets",
              Words.of(LostOffsets.class),
              KafkaSettings::lostOffsets,
              "where records were deleted before the run read them: it fails, and names the"
                  + " offsets; or it counts them as lost and continues at the first that exists")
          .orElse(LostOffsets.FAIL);

  private static final Key<KafkaSettings, Map<String, ClientProperty>> PROPERTIES =
      Key.of(
              "properties",
              KafkaTypes.CLIENT_PROPERTIES,
              KafkaSettings::properties,
              "more of Kafka's consumer properties by their own names, as `security.protocol`; a"
                  + " password is `{env: NAME}` or `{file: PATH}`, and looked up by the tasks")
          .orElse(Map.of(), "none");

  static final Section<KafkaSettings> SECTION =
      new Section<>(
              List.of(
                  SERVERS,
                  TOPICS,
                  TOPIC_PATTERN,
                  GROUP,
                  START,
                  END,
                  DISCOVERY,
                  LOST_OFFSETS,
                  PROPERTIES),
              KafkaKeys::settings)
          .check(KafkaKeys::checkTopics)
          .check(KafkaKeys::checkProperties);

  private KafkaKeys() {}

  private static KafkaSettings settings(Values<KafkaSettings> values) {
    Topics topics =
        values
            .get(TOPICS)
            .<Topics>map(Topics.Named::new)
            .orElseGet(() -> new Topics.Matching(values.get(TOPIC_PATTERN).orElseThrow()));
    return new KafkaSettings(
        values.get(SERVERS),
        topics,
        values.get(GROUP),
        values.get(START),
        values.get(END),
        values.get(DISCOVERY).orElse(null),
        values.get(PROPERTIES),
        values.get(LOST_OFFSETS));
  }

  private static void checkTopics(Reading reading) {
    boolean named = reading.isGiven(TOPICS);
    boolean matched = reading.isGiven(TOPIC_PATTERN);
    if (named && matched) {
      reading.fault(TOPIC_PATTERN, "is given beside topics, give one of them");
    } else if (!named && !matched) {
      reading.fault(
          TOPICS, "is missing, must be " + TOPICS.type().expects() + "; or give topic-pattern");
    }
    Optional<String> pattern = reading.value(TOPIC_PATTERN).flatMap(text -> text);
    if (pattern.isPresent()) {
      try {
        new Topics.Matching(pattern.get());
      } catch (IllegalArgumentException e) {
        reading.fault(TOPIC_PATTERN, String.valueOf(e.getMessage()));
      }
    }
  }

  private static void checkProperties(Reading reading) {
    reading
        .value(PROPERTIES)
        .ifPresent(
            properties ->
                properties.forEach(
                    (name, property) ->
                        ClientProperties.fault(name, property)
                            .ifPresent(fault -> reading.fault(PROPERTIES, name + " " + fault))));
  }

  private static Optional<List<String>> named(KafkaSettings settings) {
    return settings
        .topics()
        .match(named -> Optional.of(named.names()), matching -> Optional.empty());
  }

  private static Optional<String> pattern(KafkaSettings settings) {
    return settings
        .topics()
        .match(named -> Optional.empty(), matching -> Optional.of(matching.pattern()));
  }

  private static Map<String, StartingOffsets> starts() {
    Map<String, StartingOffsets> starts = new LinkedHashMap<>();
    starts.put("earliest", new StartingOffsets.Earliest());
    starts.put("latest", new StartingOffsets.Latest());
    starts.put("committed", new StartingOffsets.Committed());
    return starts;
  }

  private static Map<String, StoppingOffsets> ends() {
    Map<String, StoppingOffsets> ends = new LinkedHashMap<>();
    ends.put("none", new StoppingOffsets.Never());
    ends.put("latest", new StoppingOffsets.Latest());
    return ends;
  }
}
