package dev.drey.operators.dispatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The durations of recent successful attempts. Thread-safe. */
final class Latencies {

  private static final int WINDOW = 256;

  /** The quantile is recomputed after so many durations; before, there is none. */
  private static final int BATCH = 32;

  private final double quantile;
  private final long[] nanos = new long[WINDOW];
  private long count;
  private Optional<Duration> found = Optional.empty();

  /**
   * @param quantile in (0, 1)
   */
  Latencies(double quantile) {
    this.quantile = quantile;
  }

  synchronized void add(long took) {
    nanos[(int) (count++ % WINDOW)] = took;
    if (count % BATCH == 0) {
      long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, WINDOW));
      Arrays.sort(sorted);
      found = Optional.of(Duration.ofNanos(sorted[(int) (quantile * sorted.length)]));
    }
  }

  /** The quantile of the durations; empty while too few are known. */
  synchronized Optional<Duration> atQuantile() {
    return found;
  }
}
