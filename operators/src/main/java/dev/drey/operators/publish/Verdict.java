package dev.drey.operators.publish;

import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate is published, and why.
 *
 * @param outcome what becomes of it
 * @param reason in words, for people
 * @param comparison that decided, or null where none was made
 */
public record Verdict(Outcome outcome, String reason, @Nullable Comparison comparison) {

  /** What becomes of a candidate. */
  public enum Outcome {
    PUBLISHED,
    REFUSED
  }

  /**
   * A candidate beside the version that was published last.
   *
   * @param against that version
   * @param examples that both were evaluated on, and neither was trained on
   * @param candidateLoss mean over the examples; infinite where it is not finite
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

  /** Nobody knows how good the candidate is. */
  static Verdict failed(String how) {
    return new Verdict(Outcome.REFUSED, "it could not be evaluated: " + how, null);
  }
}
