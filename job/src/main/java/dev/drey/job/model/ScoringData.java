package dev.drey.job.model;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataException;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.job.specification.data.DataSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Examples for a model to score.
 *
 * @param source of the examples
 * @param rows number of examples, at least 1
 * @param labelled whether the source has their labels
 */
public record ScoringData(DataSource source, int rows, boolean labelled) {

  /**
   * Opens files. The extension of the name decides: NPY, CSV, else IDX.
   *
   * @param trained the data settings of the training, for the columns of a CSV file
   * @throws IOException if a file is missing or damaged, or lacks a column; the message names it
   */
  public static ScoringData open(DataSettings trained, Path features, Optional<Path> labels)
      throws IOException {
    String name = features.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv")) {
      if (labels.isPresent()) {
        throw new IOException(
            "labels are in "
                + labels.get()
                + ", labels of a CSV file must be columns of that file");
      }
      return csv(trained, features);
    }
    Blob.Reference of = DataSets.reference(features);
    // A prediction reads no labels, but a source needs a label file with the same number of rows.
    Blob.Reference with = labels.isPresent() ? DataSets.reference(labels.get()) : of;
    DataSource source =
        name.endsWith(".npy") ? new DataSource.Npy(of, with) : new DataSource.Idx(of, with);
    return new ScoringData(source, DataSets.read(source).rows(), labels.isPresent());
  }

  private static ScoringData csv(DataSettings trained, Path file) throws IOException {
    List<String> columns = trained.featureColumns().orElse(List.of());
    if (columns.isEmpty()) {
      throw new IOException(
          file + ": is CSV, but the model was not trained on CSV: its feature columns are unknown");
    }
    Blob.Reference reference = DataSets.reference(file);
    try {
      DataSource with =
          new DataSource.Csv(reference, columns, trained.labelColumns().orElse(List.of()));
      return new ScoringData(with, DataSets.read(with).rows(), true);
    } catch (DataException e) {
      DataSource without = new DataSource.Csv(reference, columns, List.of());
      return new ScoringData(without, DataSets.read(without).rows(), false);
    }
  }
}
