package dev.drey.connectors.lambda.local;

import java.util.function.LongSupplier;

/**
 * How long a worker takes to start. It is reported once, with the worker's first invocation, even
 * if the worker was started ahead.
 */
final class InitTime {

  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanoTime;
  private final long startNanos;
  private boolean started;
  private boolean reported;
  private double millis;

  InitTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** The worker has started. */
  void end() {
    millis = millisSinceStart();
    started = true;
  }

  /** In milliseconds, up to now if the worker has not started; 0 from the second call on. */
  double report() {
    if (reported) {
      return 0;
    }
    reported = true;
    return started ? millis : millisSinceStart();
  }

  private double millisSinceStart() {
    return (nanoTime.getAsLong() - startNanos) / NANOS_PER_MILLI;
  }
}
