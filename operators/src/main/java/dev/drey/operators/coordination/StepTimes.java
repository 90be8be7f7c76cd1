package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * How long steps took, as sums, so that the difference of two is of the steps between them. Counted
 * from the start of the parameter server's task, without evaluations and pauses.
 *
 * @param task that measured, any number that another start of it has not
 * @param steps measured
 * @param seconds they took together
 * @param squares sum of their squared seconds
 */
public record StepTimes(long task, long steps, double seconds, double squares)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no step. */
  public static final StepTimes NONE = new StepTimes(0, 0, 0, 0);

  /** With one step more, of so many seconds. */
  public StepTimes and(double one) {
    return new StepTimes(task, steps + 1, seconds + one, squares + one * one);
  }

  /**
   * The steps since an earlier time; all of these if the parameter server started anew since then.
   */
  public StepTimes since(StepTimes earlier) {
    return earlier.task != task
        ? this
        : new StepTimes(
            task, steps - earlier.steps, seconds - earlier.seconds, squares - earlier.squares);
  }

  /** Seconds per step; NaN of none. */
  public double mean() {
    return seconds / steps;
  }

  /** Of the mean, in seconds, as if steps were independent of each other; NaN of less than two. */
  public double standardError() {
    if (steps < 2) {
      return Double.NaN;
    }
    double variance = Math.max(0, squares - seconds * mean()) / (steps - 1);
    return Math.sqrt(variance / steps);
  }
}
