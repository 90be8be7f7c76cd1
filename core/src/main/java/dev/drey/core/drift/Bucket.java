package dev.drey.core.drift;

/**
 * Count, mean and sum of squares of consecutive values.
 *
 * @param count how many
 * @param mean their mean; 0 if there are none
 * @param squares sum of their squared distances from the mean
 */
record Bucket(long count, double mean, double squares) {

  static final Bucket NONE = new Bucket(0, 0, 0);
  static final int BYTES = Long.BYTES + 2 * Double.BYTES;

  static Bucket of(double value) {
    return new Bucket(1, value, 0);
  }

  /** The bucket of the values of both; Chan, Golub and LeVeque (1979), equations 2.1. */
  Bucket plus(Bucket other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long both = count + other.count;
    double distance = other.mean - mean;
    double share = (double) other.count / both;
    return new Bucket(
        both,
        mean + distance * share,
        squares + other.squares + distance * distance * count * share);
  }

  double variance() {
    return squares / count;
  }
}
