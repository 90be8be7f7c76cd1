package dev.drey.core.feature;

import java.io.Serializable;

/** What stands for a number that a record lacks. */
public sealed interface Missing extends Serializable {

  /** Nothing does: the record is rejected. */
  record Reject() implements Missing {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A given number, which is scaled as any.
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
  }

  /** The running mean, which is 0 once it is scaled. Nothing is learnt from it. */
  record Mean() implements Missing {
    private static final long serialVersionUID = 1L;
  }

  /**
   * 0 once it is scaled, beside a further number that tells: 1 where the number is missing, else 0.
   */
  record Indicator() implements Missing {
    private static final long serialVersionUID = 1L;
  }
}
