package dev.drey.operators.server;

import dev.drey.operators.coordination.StepTimes;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long steps take: from one step applied to the next, or from the evaluation between
 * them. The first step after the start or a pause is not measured. Not thread-safe, except {@link
 * #recentMicros}.
 */
final class StepTimer {

  private static final int RECENT = 32;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_SECOND = 1e6;

  private final LongSupplier nanoTime;
  private final double[] recent = new double[RECENT];
  private StepTimes times;
  private @Nullable Long since;
  private volatile double recentMicros = Double.NaN;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  StepTimer(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.times = new StepTimes(nanoTime.getAsLong(), 0, 0, 0);
  }

  /** A step was applied. */
  void applied() {
    long now = nanoTime.getAsLong();
    if (since != null) {
      double seconds = (now - since) / NANOS_PER_SECOND;
      recent[(int) (times.steps() % RECENT)] = seconds;
      times = times.and(seconds);
      int count = (int) Math.min(times.steps(), RECENT);
      recentMicros = Arrays.stream(recent, 0, count).average().orElseThrow() * MICROS_PER_SECOND;
    }
    since = now;
  }

  /** An evaluation came back; its time is not part of the next step's. */
  void evaluated() {
    since = nanoTime.getAsLong();
  }

  /** A pause has ended; its time is not part of the next step's. */
  void pauseEnded() {
    since = null;
  }

  StepTimes times() {
    return times;
  }

  /** Mean duration of the last steps, microseconds; NaN if none was measured. */
  double recentMicros() {
    return recentMicros;
  }
}
