package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/** One or more columns of the network's input, computed from fields of a record. */
public sealed interface Feature extends Serializable
    permits NumberFeature, ArrayFeature, CategoryFeature, TimeFeature {

  /** Number of columns. */
  int width();

  /** The fields that are read. */
  List<FieldPath> fields();

  /**
   * Writes the values, before scaling, to {@code raw[at, at + width)}. {@link Double#NaN} stands
   * for the mean of the column, where a missing field is replaced by it.
   *
   * @throws RejectedRecordException if a field is missing or has the wrong type
   */
  void read(Fields fields, double[] raw, int at) throws RejectedRecordException;

  /** Applies the function for this kind of feature. */
  <R> R match(
      Function<NumberFeature, R> number,
      Function<ArrayFeature, R> array,
      Function<CategoryFeature, R> category,
      Function<TimeFeature, R> time);

  /** How the number in the given place of the feature's is scaled. */
  default Scaling scalingAt(int place) {
    return new Scaling.None();
  }

  /** Limit of the absolute value of that column after scaling; infinity for no limit. */
  default double clipAt(int place) {
    return Double.POSITIVE_INFINITY;
  }
}
