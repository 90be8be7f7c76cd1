package dev.drey.operators.publish;

import java.io.Serializable;

/**
 * The rule by which a candidate replaces the published version.
 *
 * @param examples number of examples on which both are compared, at least 1
 * @param tolerance the candidate's mean loss may exceed the published version's by this fraction of
 *     it, at least 0
 */
public record GateRule(int examples, double tolerance) implements Serializable {

  private static final long serialVersionUID = 1L;

  public GateRule {
    if (examples < 1) {
      throw new IllegalArgumentException("examples is " + examples + ", must be at least 1");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", must be at least 0");
    }
  }

  /**
   * Whether a candidate passes. One whose loss is not finite never does.
   *
   * @param candidate mean loss of the candidate, at least 0; infinity if it is not finite
   * @param published mean loss of the published version; likewise
   */
  boolean passes(double candidate, double published) {
    return Double.isFinite(candidate) && candidate <= published * (1 + tolerance);
  }
}
