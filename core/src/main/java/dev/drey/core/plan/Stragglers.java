package dev.drey.core.plan;

/**
 * The distribution of a slot's time: base x (1 + spread x E), E exponential with mean 1. This
 * shifted exponential is the model of a worker's runtime in Lee, Lam, Pedarsani, Papailiopoulos and
 * Ramchandran, "Speeding Up Distributed Machine Learning Using Codes", IEEE Trans. Inf. Theory
 * 64(3), 2018. All factors here are relative to the base, the time of a slot without delay.
 *
 * @param spread mean delay relative to the base, at least 0 and finite; 0 if all slots take the
 *     same time
 */
public record Stragglers(double spread) {

  public Stragglers {
    Check.atLeastZero("the stragglers' spread", spread);
  }

  /**
   * Estimates the spread by the method of moments: the mean time of n slots is base x (1 + spread),
   * the mean of the longest base x (1 + spread x H_n).
   *
   * @param meanSeconds mean time of all slots, above 0
   * @param maximumSeconds mean, over steps, of a step's longest slot, at least {@code meanSeconds}
   * @param slots of a step, at least 2
   * @throws IllegalArgumentException if the means contradict the model, in which the longest of n
   *     slots takes less than H_n times the mean
   */
  public static Stragglers of(double meanSeconds, double maximumSeconds, int slots) {
    if (!(meanSeconds > 0) || Double.isInfinite(meanSeconds)) {
      throw new IllegalArgumentException(
          "the slots' mean is " + meanSeconds + " s, must be above 0 and finite");
    }
    if (slots < 2) {
      throw new IllegalArgumentException(
          "stragglers among " + slots + " slots of a step, must be at least 2");
    }
    double limit = meanSeconds * harmonic(slots);
    if (!(maximumSeconds >= meanSeconds && maximumSeconds < limit)) {
      throw new IllegalArgumentException(
          String.format(
              "the longest of %d slots takes %s s, must be at least their mean of %s s and below"
                  + " %.6g s, where the time without delay would be 0",
              slots, maximumSeconds, meanSeconds, limit));
    }
    double delay = (maximumSeconds - meanSeconds) / (harmonic(slots) - 1);
    return new Stragglers(delay / (meanSeconds - delay));
  }

  /** The mean time of a slot, relative to the base. */
  public double mean() {
    return 1 + spread;
  }

  /**
   * The mean time of the longest of so many slots, relative to the base: 1 + spread x H_n, see
   * {@link #harmonic}.
   *
   * @param slots at least 1
   */
  public double expectedMaximum(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("the longest of " + slots + " slots, must be at least 1");
    }
    return 1 + spread * harmonic(slots);
  }

  /**
   * The harmonic number H_n = 1 + 1/2 + ... + 1/n: the expected maximum of n exponential delays of
   * mean 1.
   *
   * @param slots n, at least 0
   */
  public static double harmonic(int slots) {
    double sum = 0;
    for (int i = slots; i > 0; i--) {
      sum += 1.0 / i;
    }
    return sum;
  }
}
