package dev.drey.operators.stream;

import java.io.Serializable;

/**
 * How examples of a stream are replayed.
 *
 * @param examples the size of the reservoirs of all units of slots together, at least 1
 * @param share of the slots of a step that replay, in (0, 1/2]: of two slots in a row at least one
 *     takes new examples
 * @param seed of the reservoirs, and of the samples taken from them
 */
public record Replaying(int examples, double share, long seed) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The largest share of the slots of a step. */
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

  /** Whether a slot replays: evenly spread over the slots, and shifted by one from step to step. */
  boolean takes(long step, int slot) {
    double turn = (double) (step + slot);
    return Math.floor((turn + 1) * share) > Math.floor(turn * share);
  }

  /** The size of one unit's reservoir. */
  int perUnit(int units) {
    return (examples + units - 1) / units;
  }
}
