package dev.drey.core.plan;

/**
 * Invocations whose worker has to start first. Whether one does is taken to be independent of the
 * others.
 *
 * @param seconds that a start adds to an invocation, and to its bill
 * @param share of the invocations, in [0, 1]
 */
public record ColdStarts(double seconds, double share) {

  /** Workers that are all warm. */
  public static final ColdStarts NONE = new ColdStarts(0, 0);

  public ColdStarts {
    Check.atLeastZero("seconds of a cold start", seconds);
    Check.share("share of cold starts", share);
  }

  /** What they add to a step on average: a start if any of its slots has one. */
  public double expectedSeconds(int slots) {
    return seconds * (1 - Math.pow(1 - share, slots));
  }

  /** What they add to the bill of an invocation on average. */
  public double meanSeconds() {
    return seconds * share;
  }
}
