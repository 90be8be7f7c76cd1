package dev.drey.core.drift;

/**
 * A change of the mean.
 *
 * @param since number of values since it began, including the last; at least 1
 * @param before mean of the values before it
 * @param after mean of the values since
 */
public record Shift(long since, double before, double after) {

  public Shift {
    if (since < 1) {
      throw new IllegalArgumentException("a shift began " + since + " values ago, at least 1");
    }
  }

  /**
   * Whether the mean rose. For a model's error a rise is drift; a fall is the effect of training.
   */
  public boolean rises() {
    return after > before;
  }
}
