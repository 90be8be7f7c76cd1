package dev.drey.core.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The partition of rows into training data and held-out test data.
 *
 * @param train row numbers of the training data; owned by this record
 * @param test row numbers of the test data; owned by this record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Split(int[] train, int[] test) {

  /**
   * Holds out a random share of one data set. Both parts are in ascending order.
   *
   * @param rows of the data set, at least 1
   * @param testFraction in [0, 1); rounded to whole rows, at least one row is left to train
   * @throws IllegalArgumentException if the fraction is out of range or leaves nothing to train
   */
  public static Split of(int rows, double testFraction, long seed) {
    if (!(testFraction >= 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "test fraction is " + testFraction + ", must be in [0, 1)");
    }
    int test = (int) Math.round(rows * testFraction);
    if (test >= rows) {
      throw new IllegalArgumentException(
          "test fraction " + testFraction + " of " + rows + " rows leaves none to train");
    }
    int[] shuffled = Permutation.of(rows, seed);
    int[] held = Arrays.copyOf(shuffled, test);
    int[] rest = Arrays.copyOfRange(shuffled, test, rows);
    Arrays.sort(held);
    Arrays.sort(rest);
    return new Split(rest, held);
  }

  /** All rows of one data set train, all rows of another are held out. */
  public static Split whole(int trainRows, int testRows) {
    return new Split(
        IntStream.range(0, trainRows).toArray(), IntStream.range(0, testRows).toArray());
  }
}
