package dev.drey.operators.publish;

import java.io.Serializable;

/**
 * When a candidate may take the place of the version published before.
 *
 * @param examples that both are compared on, at least 1
 * @param tolerance by what share of the published version's mean loss the candidate's may be above
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
   * Whether a candidate passes. One without a finite loss never does.
   *
   * @param candidate its mean loss, at least 0; infinite where it is not finite
   * @param published likewise
   */
  boolean passes(double candidate, double published) {
    return Double.isFinite(candidate) && candidate <= published * (1 + tolerance);
  }
}
