package dev.drey.job.specification.data;

import dev.drey.core.data.Normalization;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings of a data set.
 *
 * @param format of its files
 * @param features file of an IDX or NPY data set
 * @param labels file of an IDX or NPY data set
 * @param file of a CSV data set
 * @param featureColumns of a CSV data set
 * @param labelColumns of a CSV data set
 * @param test the examples held out
 * @param normalization of the features
 */
public record DataSettings(
    Format format,
    Optional<Path> features,
    Optional<Path> labels,
    Optional<Path> file,
    Optional<List<String>> featureColumns,
    Optional<List<String>> labelColumns,
    TestSettings test,
    NormalizationSettings normalization)
    implements TrainingData {

  /** Formats of data files. */
  public enum Format {
    /** The format of MNIST. */
    IDX,
    /** Comma-separated values with a header line. */
    CSV,
    /** NumPy's arrays. */
    NPY
  }

  private static final Type<List<String>> COLUMNS =
      new ListOf<>("column names", Words.matching("a column name", Pattern.compile(".+")));

  static final Key<DataSettings, Format> FORMAT =
      Key.of(
          "format",
          Words.of(Format.class),
          DataSettings::format,
          "of the files: idx (as MNIST), csv (with a header line) or npy (NumPy); each may be"
              + " gzip");

  static final Key<DataSettings, Optional<Path>> FEATURES =
      Key.of(
              "features",
              new Maybe<>(Paths.file()),
              DataSettings::features,
              "idx, npy: the file of features, [rows, ...]")
          .orElse(Optional.empty(), "needed by idx and npy");

  static final Key<DataSettings, Optional<Path>> LABELS =
      Key.of(
              "labels",
              new Maybe<>(Paths.file()),
              DataSettings::labels,
              "idx, npy: the file of labels, [rows] or [rows, k]")
          .orElse(Optional.empty(), "needed by idx and npy");

  static final Key<DataSettings, Optional<Path>> FILE =
      Key.of("file", new Maybe<>(Paths.file()), DataSettings::file, "csv: the file")
          .orElse(Optional.empty(), "needed by csv");

  static final Key<DataSettings, Optional<List<String>>> FEATURE_COLUMNS =
      Key.of(
              "feature-columns",
              new Maybe<>(COLUMNS),
              DataSettings::featureColumns,
              "csv: the columns of an example, in order")
          .orElse(Optional.empty(), "needed by csv");

  static final Key<DataSettings, Optional<List<String>>> LABEL_COLUMNS =
      Key.of(
              "label-columns",
              new Maybe<>(COLUMNS),
              DataSettings::labelColumns,
              "csv: the label columns, in order")
          .orElse(Optional.empty(), "needed by csv");

  static final Key<DataSettings, TestSettings> TEST =
      Key.of(
          "test",
          TestSettings.SECTION,
          DataSettings::test,
          "examples held out to measure accuracy after each epoch: a fraction of the data, or files"
              + " of their own");

  static final Key<DataSettings, NormalizationSettings> NORMALIZATION =
      Key.of(
              "normalization",
              NormalizationSettings.TYPE,
              DataSettings::normalization,
              "of the features: none, unit (divided by 255), standard (mean 0 and deviation 1 per"
                  + " column over the training rows), or fixed numbers")
          .orElse("unit for idx without an embedding, else none", DataSettings::usualNormalization);

  public static final Section<DataSettings> SECTION =
      new Section<DataSettings>(
              List.of(
                  FORMAT,
                  FEATURES,
                  LABELS,
                  FILE,
                  FEATURE_COLUMNS,
                  LABEL_COLUMNS,
                  TEST,
                  NORMALIZATION),
              values ->
                  new DataSettings(
                      values.get(FORMAT),
                      values.get(FEATURES),
                      values.get(LABELS),
                      values.get(FILE),
                      values.get(FEATURE_COLUMNS),
                      values.get(LABEL_COLUMNS),
                      values.get(TEST),
                      values.get(NORMALIZATION)))
          .check(
              reading ->
                  reading
                      .value(FORMAT)
                      .ifPresent(
                          format -> {
                            boolean csv = format == Format.CSV;
                            check(reading, format, csv, FILE, FEATURE_COLUMNS, LABEL_COLUMNS);
                            check(reading, format, !csv, FEATURES, LABELS);
                            TestSettings.check(reading, format);
                          }))
          .check(DataSettings::checkNormalization);

  /** Replaces a standard normalization by its numbers. */
  public DataSettings withNormalization(Normalization learnt) {
    return normalization.given().isEmpty()
        ? new DataSettings(
            format,
            features,
            labels,
            file,
            featureColumns,
            labelColumns,
            test,
            new NormalizationSettings.Fixed(learnt))
        : this;
  }

  private static Optional<NormalizationSettings> usualNormalization(Reading reading) {
    return reading
        .value(FORMAT)
        .map(
            format ->
                format == Format.IDX && !reading.hasEmbedding()
                    ? new NormalizationSettings.Unit()
                    : new NormalizationSettings.None());
  }

  private static void checkNormalization(Reading reading) {
    boolean none =
        reading.value(NORMALIZATION).stream()
            .allMatch(chosen -> chosen instanceof NormalizationSettings.None);
    if (!none && reading.hasEmbedding()) {
      reading.fault(
          NORMALIZATION,
          "is given, must be none or left out: the network's embedding reads whole numbers");
    }
  }

  @SafeVarargs
  private static void check(
      Reading reading, Format format, boolean needed, Key<DataSettings, ?>... keys) {
    for (Key<DataSettings, ?> key : keys) {
      if (needed && !reading.isGiven(key)) {
        reading.fault(
            key,
            "is missing, must be " + key.type().expects() + ": format is " + Words.word(format));
      } else if (!needed && reading.isGiven(key)) {
        reading.fault(key, "is given, must be left out: format is " + Words.word(format));
      }
    }
  }
}
