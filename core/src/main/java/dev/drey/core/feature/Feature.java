package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/** Some of the numbers that a network sees of a record. */
public sealed interface Feature extends Serializable
    permits NumberFeature, ArrayFeature, CategoryFeature, TimeFeature {

  /** How many numbers. */
  int width();

  /** The fields that they are made of. */
  List<FieldPath> fields();

  /**
   * Puts the numbers, not yet scaled, into {@code raw} from {@code at} on. {@link Double#NaN}
   * stands for the mean of a column whose field is missing.
   *
   * @throws RejectedRecordException if they cannot be made of the record
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

  /** The farthest from 0 that it may be once it is scaled, it is cut to that; infinity for any. */
  default double clipAt(int place) {
    return Double.POSITIVE_INFINITY;
  }
}
