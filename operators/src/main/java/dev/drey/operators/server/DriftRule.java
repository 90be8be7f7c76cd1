package dev.drey.operators.server;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.drift.DriftDetector;
import java.io.Serializable;

/**
 * What is watched for a drift, and what is done about one. Of a step it is the mean over its
 * examples, made by weights that had not seen them.
 *
 * @param detector how a drift is found
 * @param signal what is watched
 * @param range a value that counts as 1 for the detector, as does all above it; above 0
 * @param reaction what is done
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

  /** What is watched. */
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

  /** What the detector is told of a step, in [0, 1]. */
  double value(Tally tally) {
    return Math.max(0, Math.min(1, signal.of(tally) / range));
  }

  /** What is done about a drift. */
  public sealed interface Reaction extends Serializable {

    /** The word for it. */
    String word();

    /** It is told, no more. */
    record Nothing() implements Reaction {
      private static final long serialVersionUID = 1L;

      @Override
      public String word() {
        return "none";
      }
    }

    /**
     * The learning rate is higher for a while: times {@code factor} at the next step, and less by
     * the same amount with each, until it is as usual after {@code steps}.
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
       * What the rate is multiplied by.
       *
       * @param since steps since the drift, from 0
       */
      double at(long since) {
        return since >= steps ? 1 : 1 + (factor - 1) * (steps - since) / steps;
      }
    }

    /**
     * For a while a share of the slots is trained on examples once more that came since the drift
     * began. Of streams alone.
     *
     * @param steps for how many, at least 1
     * @param examples that are sampled for it, over all slots, at least 1
     * @param share of the slots, in (0, 1)
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

    /** The optimizer forgets its moments, and begins with its first step again. */
    record ResetOptimizer() implements Reaction {

      private static final long serialVersionUID = 1L;

      @Override
      public String word() {
        return "reset-optimizer";
      }
    }
  }
}
