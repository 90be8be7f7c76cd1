package dev.drey.core.feature;

/**
 * How a number x of a record becomes what the network sees: (x - mean) / deviation, cut to clip; 0
 * if it is missing and the mean stands for it.
 *
 * @param mean finite
 * @param deviation finite, above 0
 * @param clip the farthest from 0, above 0; infinity for any
 */
public record ColumnScaling(double mean, double deviation, double clip) {

  /** Whether it leaves x as it is. */
  public boolean isNone() {
    return mean == 0 && deviation == 1 && Double.isInfinite(clip);
  }
}
