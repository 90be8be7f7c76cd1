package dev.drey.operators.server;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** How far a task is ahead of what a failure would go back to. Thread-safe. */
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

  /** The task's part of a checkpoint is taken. */
  void taken(long checkpoint, long atVersion) {
    taken.put(checkpoint, atVersion);
  }

  /** A checkpoint is complete; older ones that are not will never be. */
  void complete(long checkpoint) {
    Long at = taken.get(checkpoint);
    if (at != null) {
      version = at;
      nanos = nanoTime.getAsLong();
      taken.headMap(checkpoint, true).clear();
    }
  }

  /** Steps that would be done again. */
  long steps(long now) {
    return now - version;
  }

  /** Since the last complete checkpoint, or the task's start. */
  long millis() {
    return (nanoTime.getAsLong() - nanos) / NANOS_PER_MILLI;
  }
}
