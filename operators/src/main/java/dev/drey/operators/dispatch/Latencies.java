package dev.drey.operators.dispatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long recent attempts took that succeeded. Thread-safe. */
final class Latencies {

  private static final int WINDOW = 256;

  /** The quantile is found anew after so many; before the first time it says nothing. */
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

  /** What the share of the quantile took at most; empty while too few are known. */
  synchronized Optional<Duration> atQuantile() {
    return found;
  }
}
