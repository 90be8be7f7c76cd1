package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.function.Function;

/** What replaces a number that is missing in a record. */
public sealed interface Missing extends Serializable {

  /**
   * What stands for the missing number of a field, not yet scaled; NaN for the mean.
   *
   * @throws RejectedRecordException if nothing does
   */
  double substitute(FieldPath field) throws RejectedRecordException;

  /** Whether a further number says if the number was missing. */
  boolean hasIndicator();

  /** Applies the function for this kind of stand-in. */
  <R> R match(
      Function<Reject, R> reject,
      Function<Value, R> value,
      Function<Mean, R> mean,
      Function<Indicator, R> indicator);

  /** Nothing does: the record is rejected. */
  record Reject() implements Missing {

    private static final long serialVersionUID = 1L;

    @Override
    public double substitute(FieldPath field) throws RejectedRecordException {
      throw new RejectedRecordException("field " + field + " is missing");
    }

    @Override
    public boolean hasIndicator() {
      return false;
    }

    @Override
    public <R> R match(
        Function<Reject, R> reject,
        Function<Value, R> value,
        Function<Mean, R> mean,
        Function<Indicator, R> indicator) {
      return reject.apply(this);
    }
  }

  /**
   * A given number, which is scaled like any other.
   *
   * @param value finite
   */
  record Value(double value) implements Missing {

    private static final long serialVersionUID = 1L;

    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value is " + value + ", must be finite");
      }
    }

    @Override
    public double substitute(FieldPath field) {
      return value;
    }

    @Override
    public boolean hasIndicator() {
      return false;
    }

    @Override
    public <R> R match(
        Function<Reject, R> reject,
        Function<Value, R> given,
        Function<Mean, R> mean,
        Function<Indicator, R> indicator) {
      return given.apply(this);
    }
  }

  /** The running mean, which scales to 0. The running statistics do not count it. */
  record Mean() implements Missing {

    private static final long serialVersionUID = 1L;

    @Override
    public double substitute(FieldPath field) {
      return Double.NaN;
    }

    @Override
    public boolean hasIndicator() {
      return false;
    }

    @Override
    public <R> R match(
        Function<Reject, R> reject,
        Function<Value, R> value,
        Function<Mean, R> mean,
        Function<Indicator, R> indicator) {
      return mean.apply(this);
    }
  }

  /**
   * 0 after scaling, and a further column, the indicator: 1 where the number is missing, else 0.
   */
  record Indicator() implements Missing {

    private static final long serialVersionUID = 1L;

    @Override
    public double substitute(FieldPath field) {
      return Double.NaN;
    }

    @Override
    public boolean hasIndicator() {
      return true;
    }

    @Override
    public <R> R match(
        Function<Reject, R> reject,
        Function<Value, R> value,
        Function<Mean, R> mean,
        Function<Indicator, R> indicator) {
      return indicator.apply(this);
    }
  }
}
