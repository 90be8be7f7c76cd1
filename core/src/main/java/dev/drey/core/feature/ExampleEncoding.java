package dev.drey.core.feature;

import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records become examples: features of a record's fields, and a label.
 *
 * @param format of the records
 * @param columns the features, in the order in which the network sees them, at least one
 * @param label what is to be told
 * @param classes labels are whole numbers below; 0 for numbers of any kind
 * @param holdOut what is for evaluations only
 * @param limits of one record
 */
public record ExampleEncoding(
    RecordFormat format,
    List<Feature> columns,
    Label label,
    int classes,
    HoldOut holdOut,
    RecordLimits limits)
    implements Encoder.Factory {

  private static final long serialVersionUID = 1L;

  public ExampleEncoding {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || classes < 0) {
      throw new IllegalArgumentException(
          columns.size() + " features and " + classes + " classes, must be at least 1 and 0");
    }
  }

  @Override
  public Encoder open(byte @Nullable [] learnt) {
    FeatureColumns all = new FeatureColumns(columns);
    return new FieldEncoder(this, all, all.read(learnt), true);
  }

  @Override
  public int features() {
    return columns.stream().mapToInt(Feature::width).sum();
  }

  @Override
  public int labels() {
    return label.width();
  }

  /**
   * The scaling of every column over the records of several partitions, as a published model takes
   * it along: the running statistics merged, the others as they are given.
   *
   * @param learnt by the encoders of the partitions
   * @throws IllegalArgumentException if some of it is of another version or other features
   */
  public List<ColumnScaling> scaling(Collection<byte[]> learnt) {
    FeatureColumns all = new FeatureColumns(columns);
    return all.scaling(all.merged(learnt));
  }

  /**
   * An encoder of records of any partition that scales as {@link #scaling} says and learns nothing
   * more: it makes what a published model was trained on, as near as one scaling of all partitions
   * can.
   *
   * @param learnt by the encoders of the partitions
   * @throws IllegalArgumentException if some of it is of another version or other features
   */
  public Encoder frozen(Collection<byte[]> learnt) {
    FeatureColumns all = new FeatureColumns(columns);
    return new FieldEncoder(this, all, all.merged(learnt), false);
  }
}
