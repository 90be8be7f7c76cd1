package dev.drey.operators.dispatch;

import dev.drey.operators.alarm.Alarms;
import java.time.Duration;

/**
 * Knows until when invocations may still run whose calls were given up. The service counts them as
 * concurrent ones, and may throttle other calls only because of them. Thread-safe.
 */
final class AbandonedCalls {

  private final Alarms alarms;
  private final Duration timeout;
  private boolean any;
  private long end;

  /**
   * @param timeout of an invocation, from its start
   */
  AbandonedCalls(Alarms alarms, Duration timeout) {
    this.alarms = alarms;
    this.timeout = timeout;
  }

  /** A call is given up. Its invocation may have started just now, if the worker had to start. */
  synchronized void add() {
    any = true;
    end = alarms.nanoTime() + timeout.toNanos();
  }

  /** How much longer one of the invocations may run; zero if all have ended. */
  synchronized Duration left() {
    long left = any ? end - alarms.nanoTime() : 0;
    return Duration.ofNanos(Math.max(0, left));
  }
}
