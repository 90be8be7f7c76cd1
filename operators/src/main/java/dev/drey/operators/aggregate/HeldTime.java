package dev.drey.operators.aggregate;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;

/**
 * Counts how long slots' sums wait for the last one of their node: the integral of the number of
 * waiting slots over time. Its growth per step, slot and shard is the mean time that a slot waits
 * for slower ones. Not thread-safe.
 */
final class HeldTime {

  private static final int NANOS_PER_MICRO = 1000;

  private final Counter slotMicros;
  private final LongSupplier nanoTime;
  private int slots;
  private long since;
  private long nanosLeft;

  /**
   * @param slotMicros where to count: slots times microseconds
   * @param nanoTime as {@link System#nanoTime}
   */
  HeldTime(Counter slotMicros, LongSupplier nanoTime) {
    this.slotMicros = slotMicros;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Adds to the number of waiting slots; negative once they are forwarded. */
  void change(int by) {
    long now = nanoTime.getAsLong();
    nanosLeft += slots * (now - since);
    slotMicros.inc(nanosLeft / NANOS_PER_MICRO);
    nanosLeft %= NANOS_PER_MICRO;
    since = now;
    slots += by;
  }
}
