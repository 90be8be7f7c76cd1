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
 * @param source where they lie
 * @param rows how many there are, at least 1
 * @param labelled whether the source has their labels
 */
public record ScoredData(DataSource source, int rows, boolean labelled) {

  /**
   * Opens files: NPY or CSV by the ending of their name, else IDX.
   *
   * @param trained the data that the model was trained on, for the columns of a CSV file
   * @throws IOException if a file is missing or damaged, or lacks a column; the message names it
   */
  public static ScoredData open(DataSettings trained, Path features, Optional<Path> labels)
      throws IOException {
    String name = features.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv")) {
      if (labels.isPresent()) {
        throw new IOException(
            "labels are in " + labels.get() + ", those of a CSV file must be columns of it");
      }
      return csv(trained, features);
    }
    Blob.Reference of = DataSets.reference(features);
    // A prediction reads no labels; something with as many rows must stand in their place.
    Blob.Reference with = labels.isPresent() ? DataSets.reference(labels.get()) : of;
    DataSource source =
        name.endsWith(".npy") ? new DataSource.Npy(of, with) : new DataSource.Idx(of, with);
    return new ScoredData(source, DataSets.read(source).rows(), labels.isPresent());
  }

  private static ScoredData csv(DataSettings trained, Path file) throws IOException {
    List<String> columns = trained.featureColumns().orElse(List.of());
    if (columns.isEmpty()) {
      throw new IOException(
          file + ": the model was not trained on CSV, its feature columns are not known");
    }
    Blob.Reference reference = DataSets.reference(file);
    try {
      DataSource with =
          new DataSource.Csv(reference, columns, trained.labelColumns().orElse(List.of()));
      return new ScoredData(with, DataSets.read(with).rows(), true);
    } catch (DataException e) {
      DataSource without = new DataSource.Csv(reference, columns, List.of());
      return new ScoredData(without, DataSets.read(without).rows(), false);
    }
  }
}
