package dev.drey.core.feature;

/**
 * The scaling of a column: (x - mean) / deviation, limited to [-clip, clip]; 0 if x is missing and
 * replaced by the mean.
 *
 * @param mean finite
 * @param deviation finite, above 0
 * @param clip limit of the absolute value, above 0; infinity for no limit
 */
public record ColumnScaling(double mean, double deviation, double clip) {

  /** Whether this is the identity. */
  public boolean isNone() {
    return mean == 0 && deviation == 1 && Double.isInfinite(clip);
  }
}
