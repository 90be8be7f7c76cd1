package dev.drey.core.network;

import dev.drey.core.parameters.Range;
import java.io.Serializable;

/**
 * A range of the flat vector that no optimizer changes: each step sets p = momentum p + (1 -
 * momentum) x, with x the mean over the step's examples, which the gradient sum holds there.
 *
 * @param range of the flat vector
 * @param momentum in [0, 1)
 */
public record Statistic(Range range, float momentum) implements Serializable {
  private static final long serialVersionUID = 1L;
}
