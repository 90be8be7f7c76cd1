package dev.drey.core.plan;

/**
 * Limits of a platform.
 *
 * @param concurrency most workers that compute at the same time, at least 1; further slots of a
 *     step queue
 * @param invocationSeconds timeout of an invocation, above 0
 */
public record Limits(int concurrency, double invocationSeconds) {

  /** Lambda's default quota of 1,000 concurrent invocations, and its timeout of 15 minutes. */
  public static final Limits LAMBDA = new Limits(1000, 900);

  public Limits {
    Check.atLeast(1, "concurrency", concurrency);
    Check.aboveZero("seconds of the longest invocation", invocationSeconds);
  }
}
