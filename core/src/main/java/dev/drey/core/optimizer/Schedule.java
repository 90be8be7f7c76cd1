package dev.drey.core.optimizer;

import java.io.Serializable;

/** How the learning rate falls in the course of a run. */
public sealed interface Schedule extends Serializable {

  /**
   * What the rate is multiplied by.
   *
   * @param step from 0
   * @param totalSteps of the run; Long.MAX_VALUE if it has no end
   */
  double factor(long step, long totalSteps);

  /** 1. */
  record Constant() implements Schedule {

    @Override
    public double factor(long step, long totalSteps) {
      return 1;
    }
  }

  /**
   * factor^floor(step / everySteps).
   *
   * @param everySteps at least 1
   * @param factor above 0, at most 1
   */
  record Step(long everySteps, double factor) implements Schedule {

    public Step {
      if (everySteps < 1) {
        throw new IllegalArgumentException("every-steps is " + everySteps + ", must be at least 1");
      }
      if (!(factor > 0 && factor <= 1)) {
        throw new IllegalArgumentException("factor is " + factor + ", must be in (0, 1]");
      }
    }

    @Override
    public double factor(long step, long totalSteps) {
      long drops = step / everySteps;
      return Math.pow(factor, (double) drops);
    }
  }

  /**
   * f + (1 - f) (1 + cos(pi step / steps)) / 2, and f from {@code steps} on, with f the final
   * factor. Loshchilov and Hutter (2017), equation 5, without restarts.
   *
   * @param steps over how many steps it falls; 0 for the whole run
   * @param finalFactor in [0, 1]
   */
  record Cosine(long steps, double finalFactor) implements Schedule {

    public Cosine {
      if (steps < 0) {
        throw new IllegalArgumentException("steps is " + steps + ", must be at least 0");
      }
      if (!(finalFactor >= 0 && finalFactor <= 1)) {
        throw new IllegalArgumentException(
            "final-factor is " + finalFactor + ", must be in [0, 1]");
      }
    }

    @Override
    public double factor(long step, long totalSteps) {
      double done = Math.min(1, (double) step / (steps == 0 ? totalSteps : steps));
      return finalFactor + (1 - finalFactor) * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }
}
