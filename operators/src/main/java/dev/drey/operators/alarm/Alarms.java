package dev.drey.operators.alarm;

import java.time.Duration;

/** A scheduler of delayed actions, with its clock; tests replace both. Thread-safe. */
public interface Alarms extends AutoCloseable {

  /** The clock's time, as {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Schedules an action to run after the delay, on the scheduler's thread; it must not block or
   * throw.
   */
  Alarm after(Duration delay, Runnable action);

  /** Cancels all scheduled actions. */
  @Override
  void close();

  /** A scheduled action. */
  interface Alarm {
    /** Cancels the action; has no effect once it has started. */
    void cancel();
  }
}
