package dev.drey.core.feature;

import dev.drey.core.record.Fields;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;

/**
 * Encodes the records of one partition. The running statistics are updated with a record before it
 * is scaled, which bounds the scaled value by sqrt(n) after n records; otherwise the first records
 * would be divided by a deviation near 0. Held-out records are scaled but do not update the
 * statistics.
 */
final class FieldEncoder implements Encoder {

  private final ExampleEncoding encoding;
  private final RecordFormat.Parser parser;
  private final FeatureColumns columns;
  private final RunningStatistics statistics;
  private final boolean learns;
  private final double[] raw;

  /**
   * @param statistics so far; owned by this encoder
   * @param learns whether records update the statistics
   */
  FieldEncoder(
      ExampleEncoding encoding,
      FeatureColumns columns,
      RunningStatistics statistics,
      boolean learns) {
    this.encoding = encoding;
    this.parser = encoding.format().open(encoding.limits());
    this.columns = columns;
    this.statistics = statistics;
    this.learns = learns;
    this.raw = new double[columns.width()];
  }

  @Override
  public Example encode(RawRecord record) throws RejectedRecordException {
    Fields fields = parser.parse(value(record));
    int at = 0;
    for (Feature feature : encoding.columns()) {
      feature.read(fields, raw, at);
      at += feature.width();
    }
    float[] label = encoding.label().read(fields);
    ClassLabels.check(label, encoding.classes());
    boolean heldOut = encoding.holdOut().holds(record, fields);
    float[] features = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      Scaling scaling = columns.scaling(i);
      if (!scaling.isLearnt()) {
        features[i] = scaled(i, scaling.mean(), scaling.deviation());
      }
    }
    scaleLearnt(features, heldOut);
    return new Example(features, label, heldOut);
  }

  private byte[] value(RawRecord record) throws RejectedRecordException {
    byte[] value = record.value();
    if (value == null) {
      throw new RejectedRecordException("has no value");
    }
    if (value.length > encoding.limits().bytes()) {
      throw new RejectedRecordException(
          "has %,d bytes, the limit is %,d".formatted(value.length, encoding.limits().bytes()));
    }
    return value;
  }

  /** Called last, since a rejected record must not update the statistics. */
  private void scaleLearnt(float[] features, boolean heldOut) throws RejectedRecordException {
    int[] learnt = columns.learnt();
    for (int i = 0; i < learnt.length; i++) {
      double value = raw[learnt[i]];
      if (learns && !heldOut && !Double.isNaN(value)) {
        statistics.learn(i, value);
      }
      features[learnt[i]] = scaled(learnt[i], statistics.mean(i), statistics.deviation(i));
    }
  }

  private float scaled(int column, double mean, double deviation) throws RejectedRecordException {
    double value = raw[column];
    if (Double.isNaN(value)) {
      return 0; // the mean
    }
    double clip = columns.clip(column);
    float scaled = (float) Math.max(-clip, Math.min(clip, (value - mean) / deviation));
    if (Float.isInfinite(scaled)) {
      throw new RejectedRecordException(
          "number "
              + column
              + " of the features is "
              + value
              + ", which is too far from "
              + mean
              + " in units of "
              + deviation);
    }
    return scaled;
  }

  @Override
  public byte[] learnt() {
    return columns.write(statistics);
  }
}
