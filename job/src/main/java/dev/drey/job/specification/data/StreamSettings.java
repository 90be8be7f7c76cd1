package dev.drey.job.specification.data;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.core.feature.ArrayFeature;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.Label;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.Scaling;
import dev.drey.core.record.FloatsFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.MemorySize;

/**
 * Settings of a stream, and of how its records become examples.
 *
 * @param kafka source of the records
 * @param format of the records
 * @param features that the network sees; empty if a class of the user's makes the examples
 * @param label the value to predict; empty as for features
 * @param maxWait how long a mini-batch waits to be full, from its first example on; empty for no
 *     limit
 * @param holdOut the records held out for evaluations
 * @param deadLetterTopic topic for rejected records; empty for a file
 * @param maxRecord largest size of a record's value
 */
public record StreamSettings(
    KafkaSettings kafka,
    FormatSettings format,
    Optional<List<Feature>> features,
    Optional<Label> label,
    Optional<Duration> maxWait,
    HoldOutSettings holdOut,
    Optional<String> deadLetterTopic,
    MemorySize maxRecord)
    implements TrainingData {

  /** The name of the key that only a stream has, not a data set. */
  public static final String MARKER = "kafka";

  static final Key<StreamSettings, KafkaSettings> KAFKA =
      Key.of(MARKER, KafkaKeys.SECTION, StreamSettings::kafka, "the topics that records come from");

  static final Key<StreamSettings, FormatSettings> FORMAT =
      Key.of(
          "format",
          FormatSettings.TYPE,
          StreamSettings::format,
          "of the records' values: a name, or a name with its keys");

  static final Key<StreamSettings, Optional<List<Feature>>> FEATURES =
      Key.of(
              "features",
              new Maybe<>(new ListOf<>("features", FeatureKeys.TYPE)),
              StreamSettings::features,
              "what the network sees of a record, in this order, each under its kind: `- number:"
                  + " {field: distance}`")
          .orElse("needed; floats: all as they are; custom: none", StreamSettings::usualFeatures);

  static final Key<StreamSettings, Optional<Label>> LABEL =
      Key.of(
              "label",
              new Maybe<>(LabelKeys.TYPE),
              StreamSettings::label,
              "the value to predict, under its kind: `above: {field: delay, threshold: 15}`")
          .orElse("needed; floats: as it is; custom: none", StreamSettings::usualLabel);

  static final Key<StreamSettings, Optional<Duration>> MAX_WAIT =
      Key.of(
              "max-wait",
              new OrWord<>(Quantities.duration(Duration.ofMillis(1), Duration.ofHours(24)), "off"),
              StreamSettings::maxWait,
              "how long a mini-batch waits for more after its first example; off waits until it is"
                  + " full, so that the same records make the same steps, bit for bit")
          .orElse(Optional.of(Duration.ofSeconds(1)), "1 s");

  static final Key<StreamSettings, HoldOutSettings> HOLD_OUT =
      Key.of(
          "hold-out",
          HoldOutSettings.SECTION,
          StreamSettings::holdOut,
          "records that are not trained on, to measure accuracy with");

  static final Key<StreamSettings, Optional<String>> DEAD_LETTER_TOPIC =
      Key.of(
              "dead-letter-topic",
              new Maybe<>(KafkaTypes.TOPIC),
              StreamSettings::deadLetterTopic,
              "topic for records that cannot become an example, with the reason in their headers;"
                  + " it must exist")
          .orElse(Optional.empty(), "dead-letters/records.jsonl in the run's directory");

  static final Key<StreamSettings, MemorySize> MAX_RECORD =
      Key.of(
              "max-record",
              Quantities.memory(1, 64),
              StreamSettings::maxRecord,
              "largest record value; larger ones become dead letters")
          .orElse(MemorySize.ofMebiBytes(1));

  public static final Section<StreamSettings> SECTION =
      new Section<StreamSettings>(
              List.of(
                  KAFKA,
                  FORMAT,
                  FEATURES,
                  LABEL,
                  MAX_WAIT,
                  HOLD_OUT,
                  DEAD_LETTER_TOPIC,
                  MAX_RECORD),
              in ->
                  new StreamSettings(
                      in.get(KAFKA),
                      in.get(FORMAT),
                      in.get(FEATURES),
                      in.get(LABEL),
                      in.get(MAX_WAIT),
                      in.get(HOLD_OUT),
                      in.get(DEAD_LETTER_TOPIC),
                      in.get(MAX_RECORD)))
          .check(StreamSettings::checkFields);

  /** Whether the specification's data are a stream. */
  public static boolean isStream(Reading reading) {
    return reading.isGiven(KAFKA);
  }

  /** Size limits of one record. */
  public RecordLimits limits() {
    return RecordLimits.ofBytes(Math.toIntExact(maxRecord.getBytes()));
  }

  private static void checkFields(Reading reading) {
    Optional<FormatSettings> format = reading.value(FORMAT);
    if (format.isEmpty() || format.get() instanceof FormatSettings.Floats) {
      return;
    }
    boolean custom = format.get() instanceof FormatSettings.Custom;
    for (Key<StreamSettings, ?> key : List.of(FEATURES, LABEL)) {
      if (custom && reading.isGiven(key)) {
        reading.fault(key, "is given, must be left out: the class of format makes the examples");
      } else if (!custom && !reading.isGiven(key)) {
        reading.fault(key, "is missing, must be " + key.type().expects());
      }
    }
    if (custom && reading.value(HOLD_OUT).flatMap(HoldOutSettings::field).isPresent()) {
      reading.fault(
          HoldOutSettings.FIELD, "is given, must be left out: the records' own keys count");
    }
  }

  private static Optional<Optional<List<Feature>>> usualFeatures(Reading reading) {
    return usual(reading, floats -> List.of(whole(floats.features())));
  }

  private static Optional<Optional<Label>> usualLabel(Reading reading) {
    return usual(reading, floats -> new Label.Array(FloatsFormat.LABELS, floats.labels()));
  }

  /** The default for float arrays; empty for other formats, which have none. */
  private static <T> Optional<Optional<T>> usual(
      Reading reading, Function<FormatSettings.Floats, T> ofFloats) {
    Optional<FormatSettings> format = reading.value(FORMAT);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        format.get() instanceof FormatSettings.Floats floats
            ? Optional.of(ofFloats.apply(floats))
            : Optional.empty());
  }

  private static Feature whole(int length) {
    return new ArrayFeature(
        FloatsFormat.FEATURES,
        length,
        new Scaling.None(),
        Double.POSITIVE_INFINITY,
        new Missing.Reject());
  }
}
