package dev.drey.core.data;

import java.util.Objects;

/**
 * Examples in memory: features [rows, width] and labels [rows, labelWidth]. Unsigned bytes are
 * stored as bytes and converted to floats when copied out. Immutable and thread-safe.
 */
public final class DataSet {

  private static final StoredMatrix.Scaling AS_STORED = new StoredMatrix.Scaling(0, 1);

  private final String name;
  private final StoredMatrix features;
  private final StoredMatrix labels;

  DataSet(String name, StoredMatrix features, StoredMatrix labels) throws DataException {
    if (features.rows() < 1) {
      throw new DataException(name + ": has no rows, must have at least one");
    }
    if (labels.width() > 0 && labels.rows() != features.rows()) {
      throw new DataException(
          name + ": " + features.rows() + " rows of features but " + labels.rows() + " of labels");
    }
    this.name = name;
    this.features = features;
    this.labels = labels;
  }

  /**
   * A data set over arrays in memory.
   *
   * @param features [rows, width] in C order; the data set takes ownership
   * @param labels [rows, labelWidth] in C order; the data set takes ownership
   * @throws DataException if there are no rows, or features and labels have different numbers of
   *     rows
   */
  public static DataSet of(int width, float[] features, int labelWidth, float[] labels)
      throws DataException {
    if (width < 1 || labelWidth < 0 || features.length % width != 0) {
      throw new DataException(
          features.length + " features are not rows of " + width + ", labels of " + labelWidth);
    }
    if (labels.length != (long) features.length / width * labelWidth) {
      throw new DataException(
          labels.length
              + " labels for "
              + features.length / width
              + " rows, must be "
              + labelWidth
              + " each");
    }
    return new DataSet(
        "data set",
        new StoredMatrix.Floats(features, width),
        new StoredMatrix.Floats(labels, labelWidth));
  }

  /** The files that the examples come from, for error messages. */
  public String name() {
    return name;
  }

  public int rows() {
    return features.rows();
  }

  /** Number of features of one example. */
  public int width() {
    return features.width();
  }

  /** Number of label values of one example; 0 if there are no labels. */
  public int labelWidth() {
    return labels.width();
  }

  /** Memory taken by the values, bytes. */
  public long bytes() {
    return features.bytes() + labels.bytes();
  }

  /**
   * Writes the normalised features of {@code rows[from, from + count)} to the start of {@code
   * target}, [count, width] in C order.
   *
   * @throws IllegalArgumentException if the normalization has neither one value nor one for each
   *     column
   * @throws IndexOutOfBoundsException if a row is not in [0, rows), or the target is too short
   */
  public void features(
      int[] rows, int from, int count, Normalization normalization, float[] target) {
    int columns = normalization.mean().size();
    int width = width();
    if (columns == 1) {
      StoredMatrix.Scaling scaling =
          normalization.equals(Normalization.NONE)
              ? AS_STORED
              : new StoredMatrix.Scaling(
                  normalization.mean().get(0), normalization.deviation().get(0));
      for (int i = 0; i < count; i++) {
        features.copy(row(rows[from + i]), scaling, target, i * width);
      }
      return;
    }
    if (columns != width) {
      throw new IllegalArgumentException(
          name
              + ": normalization has "
              + columns
              + " columns, must have 1 or as many as an example, "
              + width);
    }
    float[] mean = new float[width];
    float[] deviation = new float[width];
    for (int j = 0; j < width; j++) {
      mean[j] = normalization.mean().get(j);
      deviation[j] = normalization.deviation().get(j);
    }
    for (int i = 0; i < count; i++) {
      features.copy(row(rows[from + i]), mean, deviation, target, i * width);
    }
  }

  /**
   * Writes the labels of {@code rows[from, from + count)} to the start of {@code target}, [count,
   * labelWidth] in C order, as they are stored.
   *
   * @throws IndexOutOfBoundsException if a row is not in [0, rows), or the target is too short
   */
  public void labels(int[] rows, int from, int count, float[] target) {
    int width = labelWidth();
    for (int i = 0; i < count; i++) {
      labels.copy(row(rows[from + i]), AS_STORED, target, i * width);
    }
  }

  /** Whether a feature can be NaN or infinite; bytes cannot. */
  boolean mayHoldNonFinite() {
    return features.mayHoldNonFinite();
  }

  /** The stored feature, not normalised. */
  float feature(int row, int column) {
    return features.get(row, column);
  }

  /** The stored label. */
  float label(int row, int column) {
    return labels.get(row, column);
  }

  private int row(int row) {
    return Objects.checkIndex(row, rows());
  }
}
