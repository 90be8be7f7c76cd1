package dev.drey.operators.stream;

import java.io.Serializable;

/**
 * How examples of a stream are trained on once more.
 *
 * @param examples that are sampled for it, over all units of slots, at least 1
 * @param share of the slots of a step, in (0, 1/2]: of two slots in a row one takes new examples
 * @param seed of the sample, and of what is drawn from it
 */
public record Replaying(int examples, double share, long seed) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** So much of the slots of a step is replayed at most. */
  public static final double MOST_SHARE = 0.5;

  public Replaying {
    if (examples < 1) {
      throw new IllegalArgumentException("examples is " + examples + ", must be at least 1");
    }
    if (!(share > 0 && share <= MOST_SHARE)) {
      throw new IllegalArgumentException(
          "share is " + share + ", must be above 0 and at most " + MOST_SHARE);
    }
  }

  /** Whether a slot is of the share: as evenly as can be, and in turn from step to step. */
  boolean takes(long step, int slot) {
    double turn = (double) (step + slot);
    return Math.floor((turn + 1) * share) > Math.floor(turn * share);
  }

  /** Of the examples, those of one unit. */
  int perUnit(int units) {
    return (examples + units - 1) / units;
  }
}
