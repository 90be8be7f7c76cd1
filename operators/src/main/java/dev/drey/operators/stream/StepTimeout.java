package dev.drey.operators.stream;

import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a task waits for the examples of a step. The time starts with the first example
 * that the task has for the step, or when it learns that another task has one; all slots of the
 * step share it. A task without any example in that time is idle, and does not wait again until it
 * has one. Not thread-safe.
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
   * @param maxWait null to wait without limit
   * @param alarm called on another thread when the time is over
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
   * Whether the time of a step is over; starts it if it has not started.
   *
   * @param now the step that is waited for, for which some task has an example
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

  /** Cancels the alarm. */
  void cancel() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }
}
