package dev.drey.core.aggregation;

import java.io.Serializable;

/**
 * The counts of a step beside its gradient. Tallies form a commutative monoid under {@link #plus},
 * with {@link #ZERO}; only the sums of doubles depend, in their last bits, on the order of adding.
 *
 * @param examples examples in the sum, except replayed ones
 * @param lossSum sum of their losses
 * @param correct how many of them were classified rightly; 0 for a loss that does not classify
 * @param invocations worker invocations paid for, failed ones included
 * @param coldStarts how many of these started a worker
 * @param billedMillis billed function time, in milliseconds
 * @param absoluteErrorSum sum of the examples' absolute errors, each the mean over the network's
 *     outputs; 0 for a loss that classifies
 * @param replayed examples in the sum that were trained on before: since the weights have seen
 *     them, they are left out of the sums of losses, right answers and errors
 */
public record Tally(
    long examples,
    double lossSum,
    long correct,
    long invocations,
    long coldStarts,
    long billedMillis,
    double absoluteErrorSum,
    long replayed)
    implements Serializable {

  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0);

  /** Without absolute errors. */
  public Tally(
      long examples,
      double lossSum,
      long correct,
      long invocations,
      long coldStarts,
      long billedMillis) {
    this(examples, lossSum, correct, invocations, coldStarts, billedMillis, 0);
  }

  /** Without replayed examples. */
  public Tally(
      long examples,
      double lossSum,
      long correct,
      long invocations,
      long coldStarts,
      long billedMillis,
      double absoluteErrorSum) {
    this(examples, lossSum, correct, invocations, coldStarts, billedMillis, absoluteErrorSum, 0);
  }

  public Tally plus(Tally other) {
    return new Tally(
        examples + other.examples,
        lossSum + other.lossSum,
        correct + other.correct,
        invocations + other.invocations,
        coldStarts + other.coldStarts,
        billedMillis + other.billedMillis,
        absoluteErrorSum + other.absoluteErrorSum,
        replayed + other.replayed);
  }

  /** The same tally with all examples counted as replayed. */
  public Tally asReplayed() {
    return new Tally(0, 0, 0, invocations, coldStarts, billedMillis, 0, replayed + examples);
  }

  /** Examples in the gradient sum, replayed ones included: the divisor of its mean. */
  public long inSum() {
    return examples + replayed;
  }

  /** The mean loss, or NaN if nothing was counted. */
  public double loss() {
    return lossSum / examples;
  }

  /** The share of examples that were classified rightly, or NaN if nothing was counted. */
  public double accuracy() {
    return (double) correct / examples;
  }

  /** The mean absolute error, or NaN if nothing was counted. */
  public double absoluteError() {
    return absoluteErrorSum / examples;
  }
}
