package dev.drey.operators.dispatch;

import java.time.Duration;

/** Does things later. Thread-safe. */
interface Alarms {

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Runs the action after the delay, on a thread of the alarms' own; it must not block or throw.
   */
  Alarm after(Duration delay, Runnable action);

  /** An action to come. */
  interface Alarm {
    /** Without effect once it has begun. */
    void cancel();
  }
}
