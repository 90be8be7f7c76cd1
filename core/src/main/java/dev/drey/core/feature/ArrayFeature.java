package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * An array of numbers, one column each; with {@link Missing.Indicator} one further column for the
 * whole array.
 *
 * @param field of the array
 * @param length number of items in the array, at least 1
 * @param scaling of each number
 * @param clip limit of a scaled number's absolute value, above 0
 * @param missing what replaces each number if the array is missing
 */
public record ArrayFeature(
    FieldPath field, int length, Scaling scaling, double clip, Missing missing) implements Feature {

  private static final long serialVersionUID = 1L;

  public ArrayFeature {
    if (length < 1) {
      throw new IllegalArgumentException("length is " + length + ", must be at least 1");
    }
    FeatureChecks.checkClip(clip);
    FeatureChecks.check(missing, scaling);
  }

  @Override
  public List<FieldPath> fields() {
    return List.of(field);
  }

  @Override
  public int width() {
    return length + (missing.hasIndicator() ? 1 : 0);
  }

  @Override
  public void read(Fields record, double[] raw, int at) throws RejectedRecordException {
    FieldValue value = record.get(field);
    boolean absent = value instanceof FieldValue.Missing;
    if (absent) {
      Arrays.fill(raw, at, at + length, missing.substitute(field));
    } else {
      double[] numbers = FieldReader.numbers(value, field, length);
      System.arraycopy(numbers, 0, raw, at, length);
    }
    if (missing.hasIndicator()) {
      raw[at + length] = absent ? 1 : 0;
    }
  }

  @Override
  public Scaling scalingAt(int place) {
    return place < length ? scaling : new Scaling.None();
  }

  @Override
  public double clipAt(int place) {
    return place < length ? clip : Double.POSITIVE_INFINITY;
  }

  @Override
  public <R> R match(
      Function<NumberFeature, R> number,
      Function<ArrayFeature, R> array,
      Function<CategoryFeature, R> category,
      Function<TimeFeature, R> time) {
    return array.apply(this);
  }
}
