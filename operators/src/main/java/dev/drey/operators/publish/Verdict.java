package dev.drey.operators.publish;

import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate is published, and why.
 *
 * @param outcome published or refused
 * @param reason human-readable
 * @param comparison the comparison that decided, or null if there was none
 */
public record Verdict(Outcome outcome, String reason, @Nullable Comparison comparison) {

  /** The possible outcomes. */
  public enum Outcome {
    PUBLISHED,
    REFUSED
  }

  /**
   * The losses of a candidate and of the version that was published last.
   *
   * @param against the published version
   * @param examples number of examples on which both were evaluated, and neither was trained
   * @param candidateLoss mean over the examples; infinity if it is not finite
   * @param publishedLoss likewise
   */
  public record Comparison(
      long against, int examples, double candidateLoss, double publishedLoss) {}

  static final Verdict NO_GATE = new Verdict(Outcome.PUBLISHED, "there is no gate", null);

  static final Verdict FIRST = new Verdict(Outcome.PUBLISHED, "it is the first", null);

  static final Verdict NOTHING_AFTER_IT =
      new Verdict(Outcome.PUBLISHED, "no example came after it", null);

  static Verdict of(GateRule rule, Comparison comparison) {
    return rule.passes(comparison.candidateLoss(), comparison.publishedLoss())
        ? new Verdict(Outcome.PUBLISHED, "it is not worse", comparison)
        : new Verdict(Outcome.REFUSED, "it is worse", comparison);
  }

  /** The candidate is refused because it could not be evaluated. */
  static Verdict failed(String how) {
    return new Verdict(Outcome.REFUSED, "it could not be evaluated: " + how, null);
  }
}
