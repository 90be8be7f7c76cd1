package dev.drey.operators.coordination;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a step may start, what it may lack, and when the run ends. The coordinator, the parameter
 * server and the source all follow the same policy.
 *
 * @param staleness how many versions the weights of a step may lack; Long.MAX_VALUE for any number
 * @param tolerance what may be missing from a step
 * @param budget what the run may spend
 * @param stall how long nothing may be announced while rounds are out, before the job starts again
 *     from its last checkpoint
 */
public record StepPolicy(long staleness, Tolerance tolerance, Budget budget, Duration stall)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Steps that are emitted before they may start: they are at hand when a version is complete. */
  private static final int LOOK_AHEAD = 4;

  /** The most steps that are under way at once, when the staleness has no bound. */
  private static final int MOST_STEPS = 64;

  /** Versions that stay published beyond the staleness: a worker that is late can still read. */
  private static final int SPARE_VERSIONS = 2;

  public StepPolicy {
    if (staleness < 0) {
      throw new IllegalArgumentException("staleness is " + staleness + ", must be at least 0");
    }
    if (stall.isZero() || stall.isNegative()) {
      throw new IllegalArgumentException("stall is " + stall + ", must be above 0");
    }
  }

  /**
   * What may be missing from a step.
   *
   * @param missingSlots slots that may be left out of a round once they are late; 0 without a
   *     quorum. A step that lacks more ends the job
   * @param failedSteps steps in a row that may have examples of which none can be computed; such a
   *     step leaves the weights as they are, and one more ends the job
   */
  public record Tolerance(int missingSlots, int failedSteps) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Every slot is needed, and something of every step. */
    public static final Tolerance NONE = new Tolerance(0, 0);

    public Tolerance {
      if (missingSlots < 0 || failedSteps < 0) {
        throw new IllegalArgumentException(
            missingSlots
                + " slots may be missing and "
                + failedSteps
                + " steps may fail, both must be at least 0");
      }
    }
  }

  /** The same, but that nothing may be announced for ever. */
  StepPolicy withoutStall() {
    return new StepPolicy(staleness, tolerance, budget, Duration.ofNanos(Long.MAX_VALUE));
  }

  /** How many steps beyond the last complete version the source emits; no more can be under way. */
  public int stepsAhead() {
    return (int) Math.min(staleness, MOST_STEPS) + LOOK_AHEAD;
  }

  /**
   * A replay that is decided at version v begins with step v + this: the source may have emitted
   * the steps before, see {@link LoopEvent.VersionReached}.
   */
  public int replayDelay() {
    return stepsAhead() - 1;
  }

  /**
   * The examples of slots that were left out of step k are computed again with step k + this, which
   * cannot have started when step k is applied.
   */
  public long retryDelay() {
    return 1 + Math.min(staleness, stepsAhead());
  }

  /** How many versions of the weights stay published. */
  public int retainedVersions() {
    return (int) Math.min(staleness, MOST_STEPS) + SPARE_VERSIONS;
  }
}
