package dev.drey.core.plan;

/**
 * What a place allows.
 *
 * @param concurrency workers that compute at the same time, at least 1; the other slots of a step
 *     wait
 * @param invocationSeconds the longest that an invocation may take, above 0
 */
public record Limits(int concurrency, double invocationSeconds) {

  /** Lambda's, unless an account was given more: 1,000 at a time, 15 minutes. */
  public static final Limits LAMBDA = new Limits(1000, 900);

  public Limits {
    Check.atLeast(1, "concurrency", concurrency);
    Check.aboveZero("seconds of the longest invocation", invocationSeconds);
  }
}
