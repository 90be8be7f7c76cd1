package dev.drey.operators.stream;

import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a task waits for the examples of a step. The time starts with the first example
 * that the task has for the step, or when it learns that another task has one; all slots of the
 * step share it. It is a hundredth as long, and at most {@value #SHORT_MILLIS} ms, while others,
 * whose slots are full, wait for this task. A task without any example in the whole time, or in a
 * hundred of those shorter ones, is idle, and does not wait again until it has one. Not
 * thread-safe.
 */
final class StepTimeout {

  /** The short wait outlasts a poll that finds nothing at the moment. */
  private static final int SHORTER = 100;

  private static final int SHORT_MILLIS = 100;

  private static final long NEVER = Long.MAX_VALUE;

  private final long waitNanos;
  private final long shortNanos;
  private final Alarms alarms;
  private final Runnable alarm;

  private Alarms.@Nullable Alarm pending;
  private long pendingNanos;
  private long step = -1;
  private long since;
  private long served = -1;
  private boolean quiet; // no example since the time below
  private long quietSince;
  private boolean idle;

  /**
   * @param maxWait null to wait without limit
   * @param alarm called on another thread when the time is over
   */
  StepTimeout(@Nullable Duration maxWait, Alarms alarms, Runnable alarm) {
    this.waitNanos = maxWait == null ? NEVER : maxWait.toNanos();
    this.shortNanos = Math.min(waitNanos / SHORTER, Duration.ofMillis(SHORT_MILLIS).toNanos());
    this.alarms = alarms;
    this.alarm = alarm;
  }

  /** The task has an example for the step. */
  void served(long now) {
    idle = false;
    quiet = false;
    served = now;
  }

  /**
   * Whether the time of a step is over; starts it if it has not started.
   *
   * @param now the step that is waited for, for which some task has an example
   * @param behind whether others wait for this task
   */
  boolean isOver(long now, boolean behind) {
    if (waitNanos == NEVER) {
      return false;
    }
    if (idle) {
      return true;
    }
    long time = alarms.nanoTime();
    if (step != now) {
      cancel();
      step = now;
      since = time;
    }
    if (!quiet && served != now) {
      quiet = true;
      quietSince = since;
    }
    long wait = behind ? shortNanos : waitNanos;
    if (time - since < wait) {
      wakeAfter(wait);
      return false;
    }
    idle = quiet && time - quietSince >= SHORTER * shortNanos;
    return true;
  }

  /** Sets the alarm, unless one is set for that time or for an earlier one. */
  private void wakeAfter(long wait) {
    if (pending != null && pendingNanos <= wait) {
      return;
    }
    cancel();
    pendingNanos = wait;
    long left = since + wait - alarms.nanoTime();
    pending = alarms.after(Duration.ofNanos(Math.max(left, 1)), alarm);
  }

  /** Cancels the alarm. */
  void cancel() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }
}
