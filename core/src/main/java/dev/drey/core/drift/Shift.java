package dev.drey.core.drift;

/**
 * A change of the mean.
 *
 * @param since how many values were seen since it began, the last one included; at least 1
 * @param before mean of the values before it
 * @param after mean of the values since
 */
public record Shift(long since, double before, double after) {

  public Shift {
    if (since < 1) {
      throw new IllegalArgumentException("a shift began " + since + " values ago, at least 1");
    }
  }

  /** Whether the mean went up: of an error, a drift to react to; a fall is what training is for. */
  public boolean rises() {
    return after > before;
  }
}
