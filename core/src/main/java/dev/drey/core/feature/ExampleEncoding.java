package dev.drey.core.feature;

import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of records as examples: which fields become features, and which the label.
 *
 * @param format of the records
 * @param columns the features, in the order of the network's input, at least one
 * @param label what the network is to predict
 * @param classes number of classes if labels are class numbers; 0 if any number is a label
 * @param holdOut which records are used for evaluation only
 * @param limits size limits of a record
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
   * The scaling of every column that is published with a model: learnt scalings by the statistics
   * merged over all partitions, fixed ones as specified.
   *
   * @param learnt statistics of the partitions' encoders
   * @throws IllegalArgumentException if some have another version or belong to other features
   */
  public List<ColumnScaling> scaling(Collection<byte[]> learnt) {
    FeatureColumns all = new FeatureColumns(columns);
    return all.scaling(all.merged(learnt));
  }

  /**
   * An encoder of records of any partition with the fixed scaling {@link #scaling}: the input of a
   * published model, which approximates its training data, where each partition had a scaling of
   * its own.
   *
   * @param learnt statistics of the partitions' encoders
   * @throws IllegalArgumentException if some have another version or belong to other features
   */
  public Encoder frozen(Collection<byte[]> learnt) {
    FeatureColumns all = new FeatureColumns(columns);
    return new FieldEncoder(this, all, all.merged(learnt), false);
  }
}
