package dev.drey.core.feature;

import java.io.Serializable;

/** The scaling of a number x before it enters the network. */
public sealed interface Scaling extends Serializable {

  /** Whether it is learnt from the records. */
  boolean isLearnt();

  /** What is subtracted, if it is not learnt. */
  double mean();

  /** What is divided by then, if it is not learnt. */
  double deviation();

  /** x. */
  record None() implements Scaling {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isLearnt() {
      return false;
    }

    @Override
    public double mean() {
      return 0;
    }

    @Override
    public double deviation() {
      return 1;
    }
  }

  /**
   * Standardization, (x - mean) / deviation, by the statistics of the partition's records up to and
   * including this one; see {@link RunningStatistics}.
   */
  record Standard() implements Scaling {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isLearnt() {
      return true;
    }

    @Override
    public double mean() {
      return 0;
    }

    @Override
    public double deviation() {
      return 1;
    }
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

    @Override
    public boolean isLearnt() {
      return false;
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

    @Override
    public boolean isLearnt() {
      return false;
    }

    @Override
    public double mean() {
      return least;
    }

    @Override
    public double deviation() {
      return most - least;
    }
  }
}
