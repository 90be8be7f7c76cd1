package dev.drey.operators.stream;

import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a task waits for the examples of a step. The time begins with the first example that the
 * task has for the step, or when it learns that another task has one; it is one time for all slots
 * of the step. Who had nothing in that time is idle, and does not wait again until it has an
 * example. Not thread-safe.
 */
final class StepTimeout {

  private final @Nullable Duration maxWait;
  private final Alarms alarms;
  private final Runnable alarm;

  private Alarms.@Nullable Alarm pending;
  private long step = -1;
  private long since;
  private boolean idle;
  private long served = -1;

  /**
   * @param maxWait null to wait for ever
   * @param alarm rung on another thread when a time is over
   */
  StepTimeout(@Nullable Duration maxWait, Alarms alarms, Runnable alarm) {
    this.maxWait = maxWait;
    this.alarms = alarms;
    this.alarm = alarm;
  }

  /** The task has an example for the step. */
  void served(long now) {
    idle = false;
    served = now;
  }

  /**
   * Whether it is over; the time begins if it has not.
   *
   * @param now the step that is waited for: somebody has an example for it
   */
  boolean isOver(long now) {
    if (maxWait == null) {
      return false;
    }
    if (idle) {
      return true;
    }
    if (step != now) {
      begin(now, maxWait);
    }
    boolean over = alarms.nanoTime() - since >= maxWait.toNanos();
    if (over && served != now) {
      idle = true;
    }
    return over;
  }

  private void begin(long now, Duration wait) {
    cancel();
    step = now;
    since = alarms.nanoTime();
    pending = alarms.after(wait, alarm);
  }

  /** Forgets the alarm. */
  void cancel() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }
}
