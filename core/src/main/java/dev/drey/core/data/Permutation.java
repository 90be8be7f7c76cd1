package dev.drey.core.data;

import java.util.SplittableRandom;

/** Seeded random permutations. */
public final class Permutation {

  private Permutation() {}

  /**
   * A random permutation of [0, n), the same for the same n and seed on every machine. The
   * Fisher-Yates shuffle (1938) in Durstenfeld's form (1964). The caller owns the array.
   *
   * @param n at least 0
   */
  public static int[] of(int n, long seed) {
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
    return values;
  }
}
