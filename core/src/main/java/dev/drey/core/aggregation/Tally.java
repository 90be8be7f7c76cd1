package dev.drey.core.aggregation;

import java.io.Serializable;

/**
 * What a step counts beside its gradient. Tallies form a commutative monoid under {@link #plus},
 * with {@link #ZERO}; only {@code lossSum} depends, in its last bits, on the order of adding.
 *
 * @param examples examples counted in the sum
 * @param lossSum sum of their losses
 * @param correct how many of them were classified rightly; 0 for a loss that does not classify
 * @param invocations worker invocations paid for, failed ones included
 * @param coldStarts how many of these started a worker
 * @param billedMillis what they were billed, in milliseconds of function time
 */
public record Tally(
    long examples,
    double lossSum,
    long correct,
    long invocations,
    long coldStarts,
    long billedMillis)
    implements Serializable {

  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0);

  public Tally plus(Tally other) {
    return new Tally(
        examples + other.examples,
        lossSum + other.lossSum,
        correct + other.correct,
        invocations + other.invocations,
        coldStarts + other.coldStarts,
        billedMillis + other.billedMillis);
  }

  /** The mean loss, or NaN if nothing was counted. */
  public double loss() {
    return lossSum / examples;
  }

  /** The share of examples that were classified rightly, or NaN if nothing was counted. */
  public double accuracy() {
    return (double) correct / examples;
  }
}
