package dev.drey.core.feature;

import java.nio.ByteBuffer;

/**
 * Running mean and variance of columns: Welford (1962), Note on a Method for Calculating Corrected
 * Sums of Squares and Products, equations 1 and 2; merged by Chan, Golub and LeVeque (1979),
 * Updating Formulae and a Pairwise Algorithm, equation 2.1. Each column has its own count, since
 * values may be missing. Takes 24 bytes per column.
 */
final class RunningStatistics {

  private static final int BYTES = 3 * Long.BYTES;

  private final long[] counts;
  private final double[] means;

  /** Sums of squared differences from the mean. */
  private final double[] squares;

  RunningStatistics(int columns) {
    counts = new long[columns];
    means = new double[columns];
    squares = new double[columns];
  }

  void learn(int column, double value) {
    long n = ++counts[column];
    double before = value - means[column];
    means[column] += before / n;
    squares[column] += before * (value - means[column]);
  }

  /** Adds the statistics of other values of the same columns. */
  void merge(RunningStatistics other) {
    for (int i = 0; i < counts.length; i++) {
      long n = counts[i] + other.counts[i];
      if (n > 0) {
        double apart = other.means[i] - means[i];
        double share = (double) other.counts[i] / n;
        squares[i] += other.squares[i] + apart * apart * share * counts[i];
        means[i] += apart * share;
        counts[i] = n;
      }
    }
  }

  double mean(int column) {
    return means[column];
  }

  /** The population standard deviation, sqrt(squares / n); 1 while all values are equal. */
  double deviation(int column) {
    double deviation = counts[column] == 0 ? 0 : Math.sqrt(squares[column] / counts[column]);
    return deviation > 0 ? deviation : 1;
  }

  void write(ByteBuffer bytes) {
    for (int i = 0; i < counts.length; i++) {
      bytes.putLong(counts[i]).putDouble(means[i]).putDouble(squares[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  static RunningStatistics read(ByteBuffer bytes, int columns) {
    if (bytes.remaining() != columns * BYTES) {
      throw new IllegalArgumentException(
          "statistics have " + bytes.remaining() + " bytes, must have " + columns * BYTES);
    }
    RunningStatistics statistics = new RunningStatistics(columns);
    for (int i = 0; i < columns; i++) {
      statistics.counts[i] = bytes.getLong();
      statistics.means[i] = bytes.getDouble();
      statistics.squares[i] = bytes.getDouble();
    }
    return statistics;
  }

  static int bytes(int columns) {
    return columns * BYTES;
  }
}
