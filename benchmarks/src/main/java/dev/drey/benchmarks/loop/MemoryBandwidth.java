package dev.drey.benchmarks.loop;

import dev.drey.core.parameters.Floats;
import java.util.Arrays;

/** The machine's limit for adding gradients: y += x, one thread. */
final class MemoryBandwidth {

  private static final int FLOATS = 10_000_000;
  private static final int ROUNDS = 31;

  private MemoryBandwidth() {}

  /**
   * Gigabytes of x that one thread adds per second: the median of {@value #ROUNDS} passes over ten
   * million floats. Memory moves three times as much, since y is read and written.
   */
  static double addGigabytesPerSecond() {
    float[] x = new float[FLOATS];
    float[] y = new float[FLOATS];
    Arrays.fill(x, 1);
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      Floats.add(y, x, 0, FLOATS);
      nanos[round] = System.nanoTime() - start;
    }
    if (y[FLOATS - 1] != ROUNDS) {
      throw new IllegalStateException("the sum is " + y[FLOATS - 1] + ", must be " + ROUNDS);
    }
    Arrays.sort(nanos);
    return (double) FLOATS * Float.BYTES / nanos[ROUNDS / 2];
  }
}
