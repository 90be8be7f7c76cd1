package dev.drey.operators.server;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * How much work a failure would lose: steps and time since the last complete checkpoint.
 * Thread-safe.
 */
final class CheckpointLag {

  private static final int NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier nanoTime;
  private final NavigableMap<Long, Long> taken = new ConcurrentSkipListMap<>();
  private volatile long version;
  private volatile long nanos;

  /**
   * @param version that the task starts with
   * @param nanoTime as {@link System#nanoTime}
   */
  CheckpointLag(long version, LongSupplier nanoTime) {
    this.version = version;
    this.nanoTime = nanoTime;
    this.nanos = nanoTime.getAsLong();
  }

  /** The task has taken its part of a checkpoint. */
  void taken(long checkpoint, long atVersion) {
    taken.put(checkpoint, atVersion);
  }

  /** A checkpoint is complete; older ones that are not complete are given up by Flink. */
  void complete(long checkpoint) {
    Long at = taken.get(checkpoint);
    if (at != null) {
      version = at;
      nanos = nanoTime.getAsLong();
      taken.headMap(checkpoint, true).clear();
    }
  }

  /** Steps that would be repeated after a failure. */
  long steps(long now) {
    return now - version;
  }

  /** Since the last complete checkpoint, or the task's start. */
  long millis() {
    return (nanoTime.getAsLong() - nanos) / NANOS_PER_MILLI;
  }
}
