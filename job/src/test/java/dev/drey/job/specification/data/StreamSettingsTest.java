package dev.drey.job.specification.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.LostOffsets;
import dev.drey.connectors.kafka.StartingOffsets;
import dev.drey.connectors.kafka.StoppingOffsets;
import dev.drey.connectors.kafka.Topics;
import dev.drey.core.data.StepPlan.Length;
import dev.drey.core.feature.ArrayFeature;
import dev.drey.core.feature.CategoryEncoding;
import dev.drey.core.feature.CategoryFeature;
import dev.drey.core.feature.Label;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.NumberFeature;
import dev.drey.core.feature.Scaling;
import dev.drey.core.feature.TimeFeature;
import dev.drey.core.feature.Vocabulary;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FloatsFormat;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.SpecText;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.operators.publish.GateRule;
import dev.drey.operators.server.DriftRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamSettingsTest {

  private static final double ANY = Double.POSITIVE_INFINITY;

  private static StreamSettings stream(String text) throws SpecificationException {
    return SpecText.read(text).stream().orElseThrow();
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws SpecificationException {
    RunSpecification spec = SpecText.read(StreamText.SHORTEST);

    assertThat(spec.stream())
        .contains(
            new StreamSettings(
                new KafkaSettings(
                    "localhost:9092",
                    new Topics.Named(List.of("flights")),
                    "drey-spec",
                    new StartingOffsets.Earliest(),
                    new StoppingOffsets.Never(),
                    Duration.ofMinutes(1),
                    Map.of(),
                    LostOffsets.FAIL),
                new FormatSettings.Json(),
                Optional.of(
                    List.of(
                        new NumberFeature(
                            fields("distance"),
                            new Scaling.Standard(),
                            ANY,
                            new Missing.Reject()))),
                Optional.of(new Label.Above(new FieldPath("delay"), 15)),
                Optional.of(Duration.ofSeconds(1)),
                new HoldOutSettings(0, Optional.empty(), 100),
                Optional.empty(),
                MemorySize.ofMebiBytes(1)));
    assertThat(spec.training().length()).isEqualTo(new Length.Steps(Long.MAX_VALUE));
  }

  private static List<FieldPath> fields(String... names) {
    return Stream.of(names).map(FieldPath::new).toList();
  }

  @Test
  void everyKeyIsRead() throws SpecificationException {
    Vocabulary airports = new Vocabulary(List.of("SEA", "SFO"));

    assertThat(stream(StreamText.EVERY_KEY))
        .isEqualTo(
            new StreamSettings(
                new KafkaSettings(
                    "one:9092, two:9092",
                    new Topics.Matching("flights-.*"),
                    "pilots",
                    new StartingOffsets.At(Instant.parse("2026-01-31T12:00:00Z")),
                    new StoppingOffsets.Latest(),
                    null,
                    Map.of(
                        "security.protocol",
                        new ClientProperty.Plain("SASL_SSL"),
                        "sasl.jaas.config",
                        new ClientProperty.Environment("JAAS"),
                        "ssl.truststore.password",
                        new ClientProperty.SecretFile("/specs/secrets/store")),
                    LostOffsets.COUNT),
                new FormatSettings.Csv(
                    List.of("id", "delay", "distance", "origin", "at", "wind"), ";"),
                Optional.of(
                    List.of(
                        new NumberFeature(
                            fields("distance", "delay"),
                            new Scaling.MinMax(0, 9),
                            5,
                            new Missing.Indicator()),
                        new CategoryFeature(
                            fields("origin"),
                            new CategoryEncoding.OneHot(airports),
                            CategoryFeature.MissingWord.REJECT),
                        new CategoryFeature(
                            fields("id"),
                            new CategoryEncoding.HashBuckets(8, true),
                            CategoryFeature.MissingWord.OTHER),
                        new ArrayFeature(
                            new FieldPath("wind"),
                            3,
                            new Scaling.Fixed(1, 2),
                            ANY,
                            new Missing.Value(0.5)),
                        new TimeFeature(
                            new FieldPath("at"),
                            List.of(TimeFeature.Part.HOUR, TimeFeature.Part.WEEKDAY)))),
                Optional.of(new Label.Category(new FieldPath("origin"), airports)),
                Optional.empty(),
                new HoldOutSettings(0.1, Optional.of(new FieldPath("id")), 50),
                Optional.of("flights.dead"),
                MemorySize.ofMebiBytes(2)));
  }

  @Test
  void aGateIsReadAndHasDefaults() throws SpecificationException {
    String usual = StreamText.SHORTEST + "output: {publish: {every: 100, gate: {}}}\n";
    String none = StreamText.SHORTEST + "output: {publish: {every: 100}}\n";

    assertThat(SpecText.read(StreamText.EVERY_KEY).output().publish())
        .contains(
            new PublishSettings(
                100, Optional.empty(), Optional.empty(), Optional.of(new GateRule(500, 0.05))));
    assertThat(SpecText.read(usual).output().publish())
        .contains(
            new PublishSettings(
                100, Optional.empty(), Optional.empty(), Optional.of(new GateRule(1000, 0))));
    assertThat(SpecText.read(none).output().publish())
        .contains(new PublishSettings(100, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void floatArraysNeedNoFields() throws SpecificationException {
    StreamSettings stream = stream(StreamText.FLOATS);

    assertThat(stream.format())
        .isEqualTo(new FormatSettings.Floats(784, 1, FloatsFormat.Order.BIG_ENDIAN));
    assertThat(stream.features().orElseThrow())
        .containsExactly(
            new ArrayFeature(
                FloatsFormat.FEATURES, 784, new Scaling.None(), ANY, new Missing.Reject()));
    assertThat(stream.label()).contains(new Label.Array(FloatsFormat.LABELS, 1));
    assertThat(SpecText.read(StreamText.FLOATS).training().length())
        .isEqualTo(new Length.Steps(500));
  }

  @Test
  void whatItWritesOutItReadsBack() throws SpecificationException {
    for (String text :
        List.of(StreamText.SHORTEST, StreamText.EVERY_KEY, StreamText.FLOATS, StreamText.CUSTOM)) {
      RunSpecification spec = SpecText.read(text);

      assertThat(SpecText.read(spec.toYaml())).isEqualTo(spec);
    }
  }

  @Test
  void aDriftMayBeReplayed() throws SpecificationException {
    RunSpecification spec =
        SpecText.read(
            StreamText.SHORTEST
                + """
                training:
                  drift: {reaction: {replay: {steps: 7, examples: 90, share: 0.25}}}
                """);

    assertThat(spec.training().drift().orElseThrow().replay())
        .contains(new DriftRule.Reaction.Replay(7, 90, 0.25));
    assertThat(SpecText.read(spec.toYaml())).isEqualTo(spec);
    DriftRule rule = spec.training().drift().orElseThrow().rule(true);
    assertThat(rule.reaction().word()).isEqualTo("replay");
  }

  @Test
  void whatAStreamCannotHaveIsToldAtOnce() {
    String text =
        StreamText.SHORTEST
            + """
            training:
              epochs: 3
              learning-rate: {rate: 0.1, schedule: cosine, warm-up: 2 epochs}
            workers: {quorum: 0.5}
            aggregation: {structure: auto}
            """;

    assertThat(SpecText.faults(text))
        .containsExactlyInAnyOrder(
            "training.epochs: is given, must be left out: a stream has no epochs; training.steps"
                + " bounds a run (line 12)",
            "training.learning-rate: has a cosine over the whole run, which has no end: give over,"
                + " or training.steps (line 13)",
            "training.learning-rate: has warm-up of 2 epochs, must be in steps: it is a stream"
                + " (line 13)",
            "workers.quorum: is 0.5, must be 1 or left out: examples of a stream are not put back"
                + " (line 14)",
            "aggregation.structure: is auto, must be given: structures change between steps of data"
                + " sets alone (line 15)");
  }

  @Test
  void keysOfDataSetsAreNoKeysOfStreams() {
    assertThat(SpecText.faults(StreamText.SHORTEST + "  labels: y.npy\n"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.labels: is not a key of this"));
  }

  private static Arguments bad(String key, String value, String expected) {
    return Arguments.of(key, value, expected);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("data.kafka.bootstrap-servers", "localhost", "must be host:port, several joined"),
        bad("data.kafka.topics", "[]", "is an empty list, must be a list of topics"),
        bad("data.kafka.topics", "a b", "is \"a b\", must be a topic's name"),
        bad("data.kafka.topic-pattern", "a.*", "is given beside topics, give one of them"),
        bad("data.kafka.topic-pattern", "a(", "is \"a(\", must be a regular expression"),
        bad("data.kafka.group", "a b", "is \"a b\", must be a name of at most 200"),
        bad("data.kafka.start", "first", "must be one of earliest, latest, committed, or a time"),
        bad("data.kafka.end", "2026-01-31", "must be one of none, latest, or a time as 2026-01"),
        bad("data.kafka.lost-offsets", "skip", "is \"skip\", must be one of fail, count"),
        bad("data.kafka.discovery", "5", "is 5, must be a time in ms, s, min or h from 100 ms"),
        bad("data.kafka.properties", "a", "is \"a\", must be a mapping of properties by name"),
        bad("data.kafka.properties", "{x.y: 1}", "x.y is not a property of Kafka's consumers"),
        bad(
            "data.kafka.properties",
            "{group.id: a}",
            "group.id must be left out: the key group sets it"),
        bad(
            "data.kafka.properties",
            "{fetch.min.bytes: many}",
            "fetch.min.bytes is \"many\", which Kafka refuses"),
        bad(
            "data.kafka.properties",
            "{security.protocol: {env: A}}",
            "security.protocol is not a secret to Kafka"),
        bad("data.kafka.properties", "{ssl.key.password: {key: A}}", "must be text, {env: NAME}"),
        bad("data.kafka.properties", "{ssl.key.password: {env: 'A}'}}", "is \"A}\", must have no"),
        bad("data.format", "xml", "is \"xml\", must be one of json, csv, avro, floats, custom"),
        bad("data.format", "{csv: {columns: a}}", "is \"a\", must be a list of column names"),
        bad("data.format", "{csv: {columns: [a], separator: ab}}", "is \"ab\", must be one char"),
        bad("data.format", "{avro: {schema: []}}", "is a list, must be a file"),
        bad(
            "data.format",
            "{avro: {schema: a, framing: b}}",
            "must be one of binary, single-object,"),
        bad("data.format", "{floats: {features: 0}}", "is 0, must be a whole number from 1"),
        bad("data.format", "{floats: {features: 1, labels: x}}", "is \"x\", must be a whole"),
        bad(
            "data.format",
            "{floats: {features: 1, order: x}}",
            "must be one of little-endian, big"),
        bad("data.format", "{custom: {class: 1x}}", "is \"1x\", must be the full name of a class"),
        bad(
            "data.format",
            "{custom: {class: x}}",
            "is given, must be left out: the class of format"),
        bad("data.features", "[]", "is an empty list, must be a list of features"),
        bad("data.features", "[text: {}]", "is \"text\", must be one of number, category, array"),
        bad("data.features", "[number: {field: a..b}]", "is \"a..b\", must be a field's name"),
        bad("data.features", "[number: {field: a, scale: x}]", "must be one of none, standard, m"),
        bad(
            "data.features",
            "[number: {field: a, scale: {min-max: {least: 2, most: 1}}}]",
            "least is 2.0, most 1.0: most must be above least"),
        bad(
            "data.features",
            "[number: {field: a, scale: {fixed: {mean: x, deviation: 0}}}]",
            "is 0, must be a number above 0"),
        bad("data.features", "[number: {field: a, clip: 0}]", "is 0, must be a number above 0"),
        bad("data.features", "[number: {field: a, missing: x}]", "must be one of reject, mean, i"),
        bad(
            "data.features",
            "[number: {field: a, scale: none, missing: mean}]",
            "missing is mean, which needs scale: standard"),
        bad("data.features", "[category: {field: a}]", "is missing, must be a list of words; or"),
        bad(
            "data.features",
            "[category: {field: a, vocabulary: [b], buckets: 2}]",
            "is given beside buckets, give one of them"),
        bad(
            "data.features",
            "[category: {field: a, vocabulary: [b], signed: true}]",
            "is true, must be left out: there are no buckets"),
        bad(
            "data.features",
            "[category: {field: a, vocabulary: [b, b]}]",
            "vocabulary has \"b\" twice"),
        bad("data.features", "[category: {field: a, buckets: 0}]", "is 0, must be a whole number"),
        bad(
            "data.features",
            "[category: {field: a, buckets: 1, missing: mean}]",
            "is \"mean\", must be one of other, reject"),
        bad("data.features", "[array: {field: [a], length: 1}]", "is a list, must be a field's"),
        bad("data.features", "[array: {field: a, length: 0}]", "is 0, must be a whole number"),
        bad("data.features", "[time: {field: a, parts: year}]", "must be one of hour, weekday, mo"),
        bad("data.label", "delay", "is \"delay\", must be one of number, category, above, array"),
        bad("data.label", "{number: {field: []}}", "is an empty list, must be a list of names"),
        bad("data.label", "{category: {field: a, vocabulary: []}}", "must be a list of words"),
        bad("data.label", "{above: {field: a, threshold: x}}", "is \"x\", must be a number"),
        bad("data.label", "{array: {field: a, length: 0}}", "is 0, must be a whole number"),
        bad("data.max-wait", "0 s", "is \"0 s\", must be a time in ms, s, min or h from 1 ms"),
        bad("data.hold-out.fraction", "1", "is 1, must be a number from 0 to below 1"),
        bad("data.hold-out.field", "a.", "is \"a.\", must be a field's name"),
        bad("data.hold-out.every", "0", "is 0, must be a whole number of at least 1"),
        bad("data.dead-letter-topic", "a b", "is \"a b\", must be a topic's name"),
        bad("data.max-record", "65 MB", "is \"65 MB\", must be a memory size"));
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefusedByItsKey(String key, String value, String expected) {
    assertThat(SpecText.faults(StreamText.SHORTEST, Map.of(key, value)))
        .anySatisfy(fault -> assertThat(fault).startsWith("data").contains(expected));
  }

  @Test
  void everyKeyHasABadValueAbove() {
    List<String> tried = badValues().map(a -> a.get()[0] + "." + a.get()[1]).toList();
    List<String> untried = new ArrayList<>();
    Set<Key<?, ?>> seen = new HashSet<>();
    StreamSettings.SECTION.visit(
        "data",
        (path, key) -> {
          boolean leaf = !(key.type() instanceof Section<?>) && !(key.type() instanceof ListOf<?>);
          boolean found =
              tried.stream()
                  .anyMatch(t -> t.startsWith(path + ".") || t.contains(key.name() + ":"));
          if (seen.add(key) && leaf && !found) {
            untried.add(path);
          }
        });

    assertThat(untried).isEmpty();
  }

  @Test
  void aPasswordInTheClearIsRefusedAndNotShown() {
    String text =
        StreamText.SHORTEST.replace(
            "topics: flights}", "topics: flights, properties: {sasl.jaas.config: open sesame}}");

    assertThat(SpecText.faults(text))
        .containsExactly(
            "data.kafka.properties: sasl.jaas.config is written in the clear, must be {env: NAME}"
                + " or {file: PATH} (line 5)");
  }
}
