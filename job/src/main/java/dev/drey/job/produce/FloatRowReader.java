package dev.drey.job.produce;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.Normalization;
import dev.drey.core.record.FloatsFormat;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads rows of a data set as float arrays: features, then labels. A drift changes each class to
 * the next one, and the last to the first.
 */
public final class FloatRowReader implements RowReader {

  private final DataSet data;
  private final FloatsFormat format;
  private final Normalization normalization;
  private final int classes;
  private int row;

  /**
   * Starts with the first row.
   *
   * @param format of the records, with the same number of features and labels as the data
   * @param normalization of the features
   * @param classes number of classes; 0 if labels are numbers, which do not drift
   */
  public FloatRowReader(
      DataSet data, FloatsFormat format, Normalization normalization, int classes) {
    if (data.width() != format.features() || data.labelWidth() != format.labels()) {
      throw new IllegalArgumentException(
          "%s has %d features and %d labels, the records have %d and %d"
              .formatted(
                  data.name(),
                  data.width(),
                  data.labelWidth(),
                  format.features(),
                  format.labels()));
    }
    this.data = data;
    this.format = format;
    this.normalization = normalization;
    this.classes = classes;
  }

  @Override
  public Optional<OutgoingRecord> next(boolean drifted) {
    if (row == data.rows()) {
      return Optional.empty();
    }
    int[] rows = {row++};
    float[] features = new float[data.width()];
    float[] labels = new float[data.labelWidth()];
    data.features(rows, 0, 1, normalization, features);
    data.labels(rows, 0, 1, labels);
    ByteBuffer bytes =
        ByteBuffer.allocate((features.length + labels.length) * Float.BYTES)
            .order(format.order().bytes());
    for (float feature : features) {
      bytes.putFloat(feature);
    }
    for (float label : labels) {
      bytes.putFloat(drifted && classes > 0 ? (label + 1) % classes : label);
    }
    return Optional.of(new OutgoingRecord(null, bytes.array()));
  }

  @Override
  public void close() {}
}
