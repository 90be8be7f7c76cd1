package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * Durations of steps, as sums, so that the difference of two values covers the steps in between.
 * Counted from the start of the parameter server's task, without evaluations and pauses.
 *
 * @param task identifies the start of the task that measured
 * @param steps measured
 * @param seconds the sum of their durations
 * @param squares the sum of their squared durations, in seconds squared
 */
public record StepTimes(long task, long steps, double seconds, double squares)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No steps. */
  public static final StepTimes NONE = new StepTimes(0, 0, 0, 0);

  /** With one step more, whose duration in seconds is given. */
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

  /** Mean duration of a step, in seconds; NaN if there is none. */
  public double mean() {
    return seconds / steps;
  }

  /** Standard error of the mean, in seconds, for independent steps; NaN for less than two. */
  public double standardError() {
    if (steps < 2) {
      return Double.NaN;
    }
    double variance = Math.max(0, squares - seconds * mean()) / (steps - 1);
    return Math.sqrt(variance / steps);
  }
}
