package dev.drey.job.specification.data;

import dev.drey.connectors.avro.AvroFormat;
import dev.drey.core.record.CsvRecordFormat;
import dev.drey.core.record.FloatsFormat;
import dev.drey.core.record.JsonFormat;
import dev.drey.core.record.RecordFormat;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The format of a stream's records. */
public sealed interface FormatSettings {

  /**
   * Opens the format.
   *
   * @return empty if a class of the user's reads the records
   * @throws IOException if a file of the format cannot be read
   * @throws IllegalArgumentException if the settings are invalid for the format
   */
  Optional<RecordFormat> open() throws IOException;

  /** A JSON object per record. */
  record Json() implements FormatSettings {
    @Override
    public Optional<RecordFormat> open() {
      return Optional.of(new JsonFormat());
    }
  }

  /**
   * A line of values per record.
   *
   * @param columns names of all its columns, in order
   * @param separator one character
   */
  record Csv(List<String> columns, String separator) implements FormatSettings {
    @Override
    public Optional<RecordFormat> open() {
      return Optional.of(new CsvRecordFormat(columns, separator.charAt(0)));
    }
  }

  /**
   * Avro.
   *
   * @param schema file of the writer's schema
   * @param framing the bytes before a record's data
   */
  record Avro(Path schema, AvroFormat.Framing framing) implements FormatSettings {

    private static final int MOST_SCHEMA_BYTES = 1 << 20;

    @Override
    public Optional<RecordFormat> open() throws IOException {
      return Optional.of(new AvroFormat(text(schema), framing));
    }

    private static String text(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_SCHEMA_BYTES + 1);
        if (bytes.length > MOST_SCHEMA_BYTES) {
          throw new IOException(
              file + " has more than " + MOST_SCHEMA_BYTES + " bytes, the most possible");
        }
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IOException(file + " cannot be read: " + e, e);
      }
    }
  }

  /**
   * Single-precision numbers, features then labels.
   *
   * @param features number of them
   * @param labels number of them
   * @param order of a number's bytes
   */
  record Floats(int features, int labels, FloatsFormat.Order order) implements FormatSettings {
    @Override
    public Optional<RecordFormat> open() {
      return Optional.of(new FloatsFormat(features, labels, order));
    }
  }

  /**
   * A class of the user's.
   *
   * @param className of a {@code DeserializationSchema<Example>} on the class path
   */
  record Custom(String className) implements FormatSettings {
    @Override
    public Optional<RecordFormat> open() {
      return Optional.empty();
    }
  }

  /** How the key is written. */
  Type<FormatSettings> TYPE =
      new Union<>(
          FormatSettings.class,
          List.of(
              new Union.Case<>(
                  "json",
                  Json.class,
                  new Section<>(List.of(), in -> new Json()),
                  "an object per record"),
              new Union.Case<>("csv", Csv.class, csv(), "a line per record, without a header"),
              new Union.Case<>("avro", Avro.class, avro(), ""),
              new Union.Case<>(
                  "floats",
                  Floats.class,
                  floats(),
                  "4-byte numbers: the features, then the labels; as fields they are `features` and"
                      + " `labels`"),
              new Union.Case<>("custom", Custom.class, custom(), "your own class")));

  private static Section<Csv> csv() {
    Key<Csv, List<String>> columns =
        Key.of(
            "columns",
            new ListOf<>("column names", Words.matching("a column name", Pattern.compile(".+"))),
            Csv::columns,
            "the names of all its columns, in order");
    Key<Csv, String> separator =
        Key.of(
                "separator",
                Words.matching("one character", Pattern.compile("(?s).")),
                Csv::separator,
                "between values")
            .orElse(",");
    return new Section<>(
        List.of(columns, separator), in -> new Csv(in.get(columns), in.get(separator)));
  }

  private static Section<Avro> avro() {
    Key<Avro, Path> schema =
        Key.of(
            "schema", Paths.file(), Avro::schema, "the file of the schema they are written with");
    Key<Avro, AvroFormat.Framing> framing =
        Key.of(
                "framing",
                Words.of(AvroFormat.Framing.class),
                Avro::framing,
                "bytes before a record's data: none, the 10 bytes of Avro's single-object encoding"
                    + " (with the schema's fingerprint), or the 5 bytes of Confluent's registry")
            .orElse(AvroFormat.Framing.BINARY);
    return new Section<>(List.of(schema, framing), in -> new Avro(in.get(schema), in.get(framing)));
  }

  private static Section<Floats> floats() {
    Key<Floats, Integer> features =
        Key.of("features", Numbers.whole(1, 10_000_000), Floats::features, "how many");
    Key<Floats, Integer> labels =
        Key.of("labels", Numbers.whole(1, 1_000_000), Floats::labels, "how many").orElse(1);
    Key<Floats, FloatsFormat.Order> order =
        Key.of(
                "order",
                Words.of(FloatsFormat.Order.class),
                Floats::order,
                "of a number's bytes: x86 and NumPy have little-endian, Java big-endian")
            .orElse(FloatsFormat.Order.LITTLE_ENDIAN);
    return new Section<>(
        List.of(features, labels, order),
        in -> new Floats(in.get(features), in.get(labels), in.get(order)));
  }

  private static Section<Custom> custom() {
    Key<Custom, String> className =
        Key.of(
            "class",
            Words.matching(
                "the full name of a class", Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$.]*")),
            Custom::className,
            "a `DeserializationSchema<Example>` with a public constructor without arguments; its"
                + " jar must be on Flink's class path, or in DREY_CLASSPATH for bin/drey");
    return new Section<>(List.of(className), in -> new Custom(in.get(className)));
  }
}
