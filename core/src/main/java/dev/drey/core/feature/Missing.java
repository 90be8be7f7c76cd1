package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;

/** What replaces a number that is missing in a record. */
public sealed interface Missing extends Serializable {

  /**
   * The number to use instead, not yet scaled; NaN for the mean of the column, which scales to 0.
   *
   * @throws RejectedRecordException if the record is to be rejected
   */
  default double substitute(FieldPath field) throws RejectedRecordException {
    return Double.NaN;
  }

  /** None: the record is rejected. */
  record Reject() implements Missing {

    private static final long serialVersionUID = 1L;

    @Override
    public double substitute(FieldPath field) throws RejectedRecordException {
      throw new RejectedRecordException("field " + field + " is missing");
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
  }

  /** The running mean, which scales to 0. The running statistics do not count it. */
  record Mean() implements Missing {
    private static final long serialVersionUID = 1L;
  }

  /**
   * 0 after scaling, and a further column, the indicator: 1 where the number is missing, else 0.
   */
  record Indicator() implements Missing {
    private static final long serialVersionUID = 1L;
  }
}
