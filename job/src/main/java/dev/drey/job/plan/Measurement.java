package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;

/**
 * The measured time of a step with a structure.
 *
 * @param seconds of one step, above 0 and finite
 */
public record Measurement(Structure structure, double seconds) {

  public Measurement {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "seconds of " + structure + " are " + seconds + ", must be above 0 and finite");
    }
  }
}
