package dev.drey.job.specification.data;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Paths;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The examples held out: a random share of the data set, or files of their own.
 *
 * @param fraction in [0, 1); present if no files are given
 * @param features file of an IDX or NPY data set
 * @param labels file of an IDX or NPY data set
 * @param file of a CSV data set, with the columns of the training data
 */
public record TestSettings(
    Optional<Double> fraction,
    Optional<Path> features,
    Optional<Path> labels,
    Optional<Path> file) {

  private static final double DEFAULT_FRACTION = 0.1;

  static final Key<TestSettings, Optional<Path>> FEATURES =
      Key.of(
              "features",
              new Maybe<>(Paths.file()),
              TestSettings::features,
              "idx, npy: the file of held-out features")
          .orElse(Optional.empty(), "none");

  static final Key<TestSettings, Optional<Path>> LABELS =
      Key.of(
              "labels",
              new Maybe<>(Paths.file()),
              TestSettings::labels,
              "idx, npy: the file of their labels")
          .orElse(Optional.empty(), "none");

  static final Key<TestSettings, Optional<Path>> FILE =
      Key.of(
              "file",
              new Maybe<>(Paths.file()),
              TestSettings::file,
              "csv: the file of held-out examples, with the same columns")
          .orElse(Optional.empty(), "none");

  static final Key<TestSettings, Optional<Double>> FRACTION =
      Key.of(
              "fraction",
              new Maybe<>(Numbers.decimal("a number from 0 to below 1", f -> f >= 0 && f < 1)),
              TestSettings::fraction,
              "share of the rows held out, chosen at random with training.seed; 0 holds nothing"
                  + " out")
          .orElse(
              DEFAULT_FRACTION + ", without test files",
              reading ->
                  Optional.of(anyFile(reading) ? Optional.empty() : Optional.of(DEFAULT_FRACTION)));

  static final Section<TestSettings> SECTION =
      new Section<>(
          List.of(FRACTION, FEATURES, LABELS, FILE),
          values ->
              new TestSettings(
                  values.get(FRACTION),
                  values.get(FEATURES),
                  values.get(LABELS),
                  values.get(FILE)));

  private static boolean anyFile(Reading reading) {
    return reading.isGiven(FEATURES) || reading.isGiven(LABELS) || reading.isGiven(FILE);
  }

  /** Reports files that the format does not have, and features without labels or the reverse. */
  static void check(Reading reading, DataSettings.Format format) {
    boolean csv = format == DataSettings.Format.CSV;
    for (Key<TestSettings, ?> key : csv ? List.of(FEATURES, LABELS) : List.of(FILE)) {
      if (reading.isGiven(key)) {
        reading.fault(key, "is given, must be left out: data.format is " + Words.word(format));
      }
    }
    if (!csv && reading.isGiven(FEATURES) != reading.isGiven(LABELS)) {
      reading.fault(
          reading.isGiven(FEATURES) ? LABELS : FEATURES,
          "is missing, test features and labels must be given together");
    }
    if (reading.isGiven(FRACTION) && anyFile(reading)) {
      reading.fault(FRACTION, "is given beside test files, must be left out");
    }
  }
}
