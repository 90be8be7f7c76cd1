package dev.drey.core.plan;

/**
 * A model of cold starts: each invocation has one independently with the same probability.
 *
 * @param seconds time that a cold start adds to an invocation and to its bill
 * @param share probability of a cold start, in [0, 1]
 */
public record ColdStarts(double seconds, double share) {

  /** All workers are warm. */
  public static final ColdStarts NONE = new ColdStarts(0, 0);

  public ColdStarts {
    Check.atLeastZero("seconds of a cold start", seconds);
    Check.share("share of cold starts", share);
  }

  /** Expected time added to a step: one cold start if any of its slots has one. */
  public double expectedSeconds(int slots) {
    return seconds * (1 - Math.pow(1 - share, slots));
  }

  /** Expected time added to the bill of an invocation. */
  public double meanSeconds() {
    return seconds * share;
  }
}
