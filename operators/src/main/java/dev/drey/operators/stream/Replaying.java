package dev.drey.operators.stream;

import java.io.Serializable;

/**
 * How examples of a stream are trained on once more.
 *
 * @param examples that are sampled for it, over all units of slots, at least 1
 * @param share of the slots of a step, in (0, 1)
 * @param seed of the sample, and of what is drawn from it
 */
public record Replaying(int examples, double share, long seed) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Replaying {
    if (examples < 1) {
      throw new IllegalArgumentException("examples is " + examples + ", must be at least 1");
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share is " + share + ", must be between 0 and 1");
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
