package dev.drey.core.data;

import dev.drey.core.blob.Blob;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads data sets and checks that they fit a network. */
public final class DataSets {

  private DataSets() {}

  /** Reads a data set into memory; see {@link DataSource#read}. */
  public static DataSet read(DataSource source) throws IOException {
    return source.read();
  }

  /** Reads features and labels from a file each. */
  static DataSet read(
      Blob.Reference features, Blob.Reference labels, DataFile.Format<StoredMatrix> format)
      throws IOException {
    DataFile first = DataFile.verified(features);
    DataFile second = DataFile.verified(labels);
    return new DataSet(
        first.path() + " with " + second.path(), first.read(format), second.read(format));
  }

  /**
   * A reference to a file: its file: URI with its present length and checksum.
   *
   * @throws DataException if there is no such file
   */
  public static Blob.Reference reference(Path path) throws IOException {
    return DataFile.reference(path);
  }

  /**
   * The normalization that gives every column mean 0 and (population) standard deviation 1 over
   * these rows. A constant column gets deviation 1. Computed in two passes in double precision.
   *
   * @param rows at least one, each in [0, data.rows())
   * @throws DataException if there are no rows, or one of their features is not finite
   */
  public static Normalization standard(DataSet data, int[] rows) throws DataException {
    checkRows(data, rows);
    checkFinite(data, rows);
    if (rows.length == 0) {
      throw new DataException(data.name() + ": normalization over 0 rows, needs at least 1");
    }
    int width = data.width();
    float[] row = new float[width];
    double[] mean = new double[width];
    for (int i = 0; i < rows.length; i++) {
      data.features(rows, i, 1, Normalization.NONE, row);
      for (int j = 0; j < width; j++) {
        mean[j] += row[j];
      }
    }
    for (int j = 0; j < width; j++) {
      mean[j] /= rows.length;
    }
    double[] squares = new double[width];
    for (int i = 0; i < rows.length; i++) {
      data.features(rows, i, 1, Normalization.NONE, row);
      for (int j = 0; j < width; j++) {
        double difference = row[j] - mean[j];
        squares[j] += difference * difference;
      }
    }
    List<Float> means = new ArrayList<>(width);
    List<Float> deviations = new ArrayList<>(width);
    for (int j = 0; j < width; j++) {
      float deviation = (float) Math.sqrt(squares[j] / rows.length);
      means.add((float) mean[j]);
      // The deviation of a constant column is nothing but the rounding error of its mean.
      deviations.add(deviation <= Math.abs(mean[j]) * 1e-12 ? 1f : deviation);
    }
    return new Normalization(means, deviations);
  }

  /**
   * Checks that a network can be trained on these rows.
   *
   * @throws DataException if {@link #checkFeatures} fails, the number of label values differs from
   *     what the loss takes, a label is not finite, or a class label is not a whole number in [0,
   *     classes)
   */
  public static void check(DataSet data, NetworkSpec network, int[] rows) throws DataException {
    checkFeatures(data, network, rows);
    if (data.labelWidth() != network.labelWidth()) {
      throw new DataException(
          data.name()
              + ": an example has "
              + data.labelWidth()
              + " labels, the network's loss takes "
              + network.labelWidth());
    }
    int classes = network.loss().classes(network.outputWidth()).orElse(0);
    for (int row : rows) {
      for (int j = 0; j < data.labelWidth(); j++) {
        checkLabel(data, row, j, classes);
      }
    }
  }

  /**
   * Checks that a network can compute outputs for these rows.
   *
   * @throws DataException if the width differs from the network's input, a row does not exist, a
   *     feature is not finite, or (for a network with a vocabulary) is not a whole number in [0,
   *     vocabulary)
   */
  public static void checkFeatures(DataSet data, NetworkSpec network, int[] rows)
      throws DataException {
    if (data.width() != network.inputWidth()) {
      throw new DataException(
          data.name()
              + ": an example has "
              + data.width()
              + " features, the network's input "
              + network.input()
              + " takes "
              + network.inputWidth());
    }
    checkRows(data, rows);
    checkFinite(data, rows);
    if (network.vocabulary().isPresent()) {
      checkWhole(data, rows, network.vocabulary().getAsInt());
    }
  }

  private static void checkRows(DataSet data, int[] rows) throws DataException {
    for (int row : rows) {
      if (row < 0 || row >= data.rows()) {
        throw new DataException(
            data.name() + ": there is no row " + row + ", rows are in [0, " + data.rows() + ")");
      }
    }
  }

  private static void checkFinite(DataSet data, int[] rows) throws DataException {
    if (!data.mayHoldNonFinite()) {
      return;
    }
    for (int row : rows) {
      for (int j = 0; j < data.width(); j++) {
        if (!Float.isFinite(data.feature(row, j))) {
          throw new DataException(
              "%s: row %d: feature %d is %s, must be finite"
                  .formatted(data.name(), row, j, data.feature(row, j)));
        }
      }
    }
  }

  private static void checkWhole(DataSet data, int[] rows, int vocabulary) throws DataException {
    for (int row : rows) {
      for (int j = 0; j < data.width(); j++) {
        float value = data.feature(row, j);
        if (value != (int) value || value < 0 || value >= vocabulary) {
          throw new DataException(
              "%s: row %d: feature %d is %s, must be a whole number in [0, %d)"
                  .formatted(data.name(), row, j, value, vocabulary));
        }
      }
    }
  }

  /**
   * @param classes number of classes, or 0 if the labels are not classes
   */
  private static void checkLabel(DataSet data, int row, int column, int classes)
      throws DataException {
    float label = data.label(row, column);
    if (!Float.isFinite(label)) {
      throw new DataException(
          "%s: row %d: label %d is %s, must be finite".formatted(data.name(), row, column, label));
    }
    if (classes > 0 && (label != (int) label || label < 0 || label >= classes)) {
      throw new DataException(
          "%s: row %d: label is %s, must be a whole number in [0, %d)"
              .formatted(data.name(), row, label, classes));
    }
  }
}
