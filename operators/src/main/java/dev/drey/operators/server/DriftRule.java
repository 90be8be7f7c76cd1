package dev.drey.operators.server;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.drift.DriftDetector;
import java.io.Serializable;

/**
 * Which signal is watched for a drift, and how the run reacts to one. The signal of a step is the
 * mean over its examples, computed with weights that have not been trained on them.
 *
 * @param detector of changes
 * @param signal to watch
 * @param range the detector sees signal / range, at most 1; above 0
 * @param reaction to a drift
 */
public record DriftRule(
    DriftDetector.Settings detector, Signal signal, double range, Reaction reaction)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public DriftRule {
    if (!(range > 0) || Double.isInfinite(range)) {
      throw new IllegalArgumentException("range is " + range + ", must be above 0 and finite");
    }
  }

  /** A quantity of each step. */
  public enum Signal {
    /** The loss. */
    LOSS("loss"),
    /** The share of examples that are classified wrongly. */
    ERROR_RATE("error-rate"),
    /** The mean absolute error. */
    ABSOLUTE_ERROR("absolute-error");

    private final String word;

    Signal(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    double of(Tally tally) {
      return switch (this) {
        case LOSS -> tally.loss();
        case ERROR_RATE -> 1 - tally.accuracy();
        case ABSOLUTE_ERROR -> tally.absoluteError();
      };
    }
  }

  /** What the detector sees of a step, in [0, 1]. */
  double value(Tally tally) {
    return Math.max(0, Math.min(1, signal.of(tally) / range));
  }

  /** How the run reacts to a drift. */
  public sealed interface Reaction extends Serializable {

    /** Its name in specifications and reports. */
    String word();

    /** The drift is only reported. */
    record Nothing() implements Reaction {
      private static final long serialVersionUID = 1L;

      @Override
      public String word() {
        return "none";
      }
    }

    /**
     * The learning rate is raised: times {@code factor} at the next step, then falling linearly to
     * its scheduled value over {@code steps}.
     *
     * @param factor above 0
     * @param steps at least 1
     */
    record Boost(double factor, long steps) implements Reaction {

      private static final long serialVersionUID = 1L;

      public Boost {
        if (!(factor > 0) || Double.isInfinite(factor)) {
          throw new IllegalArgumentException(
              "factor is " + factor + ", must be above 0 and finite");
        }
        if (steps < 1) {
          throw new IllegalArgumentException("steps is " + steps + ", must be at least 1");
        }
      }

      @Override
      public String word() {
        return "boost";
      }

      /**
       * The factor of the learning rate.
       *
       * @param since steps since the drift, from 0
       */
      double at(long since) {
        return since >= steps ? 1 : 1 + (factor - 1) * (steps - since) / steps;
      }
    }

    /**
     * A share of the slots is trained again on examples that came since the drift began. For
     * streams only.
     *
     * @param steps that replay, at least 1
     * @param examples sampled for the replay, over all slots, at least 1
     * @param share of the slots of each step, in (0, 1)
     */
    record Replay(long steps, int examples, double share) implements Reaction {

      private static final long serialVersionUID = 1L;

      public Replay {
        if (steps < 1 || examples < 1) {
          throw new IllegalArgumentException(
              "steps is " + steps + " and examples is " + examples + ", must be at least 1");
        }
        if (!(share > 0 && share < 1)) {
          throw new IllegalArgumentException("share is " + share + ", must be between 0 and 1");
        }
      }

      @Override
      public String word() {
        return "replay";
      }
    }

    /** The optimizer's moments are set to zero, and its step count starts again. */
    record ResetOptimizer() implements Reaction {

      private static final long serialVersionUID = 1L;

      @Override
      public String word() {
        return "reset-optimizer";
      }
    }
  }
}
