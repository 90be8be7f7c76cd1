package dev.drey.core.optimizer;

import java.io.Serializable;

/**
 * Shortens a gradient that is longer than a limit. Pascanu, Mikolov and Bengio (2013), algorithm 1.
 *
 * @param maxNorm the longest Euclidean norm of the whole mean gradient, above 0
 */
public record Clipping(double maxNorm) implements Serializable {

  public Clipping {
    Vectors.checkPositive("max-norm", maxNorm);
  }

  /** min(1, maxNorm / norm): what the gradient is multiplied by. */
  public double factor(double norm) {
    return norm > maxNorm ? maxNorm / norm : 1;
  }
}
