package dev.drey.core.feature;

import java.io.Serializable;

/** The scaling of a number x before it enters the network. */
public sealed interface Scaling extends Serializable {

  /** The identity. */
  record None() implements Scaling {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Standardization, (x - mean) / deviation, by the statistics of the partition's records up to and
   * including this one; see {@link RunningStatistics}.
   */
  record Standard() implements Scaling {
    private static final long serialVersionUID = 1L;
  }

  /**
   * (x - mean) / deviation with given constants.
   *
   * @param mean finite
   * @param deviation finite, above 0
   */
  record Fixed(double mean, double deviation) implements Scaling {

    private static final long serialVersionUID = 1L;

    public Fixed {
      if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
        throw new IllegalArgumentException(
            "mean is "
                + mean
                + ", deviation "
                + deviation
                + ": both must be finite, and the deviation above 0");
      }
    }
  }

  /**
   * (x - least) / (most - least): [least, most] is mapped to [0, 1]; values outside are not
   * clipped.
   *
   * @param least finite
   * @param most finite, above {@code least}
   */
  record MinMax(double least, double most) implements Scaling {

    private static final long serialVersionUID = 1L;

    public MinMax {
      if (!Double.isFinite(least) || !Double.isFinite(most) || !(most > least)) {
        throw new IllegalArgumentException(
            "least is " + least + ", most " + most + ": most must be above least, both finite");
      }
    }
  }

  /** Whether mean and deviation are learnt from the records. */
  default boolean isLearnt() {
    return this instanceof Standard;
  }

  /** The number subtracted first; meaningless if it is learnt. */
  default double mean() {
    return this instanceof MinMax range ? range.least : 0;
  }

  /** The number divided by then; meaningless if it is learnt. */
  default double deviation() {
    return this instanceof MinMax range ? range.most - range.least : 1;
  }
}
