package dev.drey.operators.alarm;

import java.time.Duration;

/** Does things later. Thread-safe. */
public interface Alarms extends AutoCloseable {

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Runs the action after the delay, on a thread of the alarms' own; it must not block or throw.
   */
  Alarm after(Duration delay, Runnable action);

  /** Forgets all that was to come. */
  @Override
  void close();

  /** An action to come. */
  interface Alarm {
    /** Without effect once it has begun. */
    void cancel();
  }
}
