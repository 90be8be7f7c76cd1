package dev.drey.operators.coordination;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Raises an alarm when a run has rounds in progress and nothing is announced for too long, so that
 * no run hangs, whatever the cause. Thread-safe.
 */
final class Watchdog implements AutoCloseable {

  private static final long CHECKS_PER_STALL = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Duration stall;
  private final Consumer<Throwable> alarm;
  private final LongSupplier nanoTime;
  private OpenRounds openRounds = OpenRounds.NOTHING;
  private long since;
  private @Nullable ScheduledExecutorService timer;

  /**
   * @param stall how long nothing may be announced
   * @param alarm called from the watchdog's thread
   * @param nanoTime as {@link System#nanoTime}
   */
  Watchdog(Duration stall, Consumer<Throwable> alarm, LongSupplier nanoTime) {
    this.stall = stall;
    this.alarm = alarm;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Starts the thread that checks, until {@link #close}. */
  synchronized void start() {
    if (timer != null) {
      return;
    }
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "drey-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    long pause = Math.max(1, Math.min(LONGEST_PAUSE_MILLIS, stall.toMillis() / CHECKS_PER_STALL));
    var unused = timer.scheduleWithFixedDelay(this::check, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Restarts the time: something was announced, or the job was restarted. */
  synchronized void moved(OpenRounds now) {
    since = nanoTime.getAsLong();
    openRounds = now;
  }

  /** A round was admitted or asked for. */
  synchronized void asked(OpenRounds now) {
    if (openRounds.idle()) {
      since = nanoTime.getAsLong();
    }
    openRounds = now;
  }

  /** Raises the alarm if the time is over. */
  void check() {
    OpenRounds stalled;
    long seconds;
    synchronized (this) {
      long nanos = nanoTime.getAsLong() - since;
      if (openRounds.idle() || nanos < stall.toNanos()) {
        return;
      }
      stalled = openRounds;
      seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
      since = nanoTime.getAsLong();
    }
    alarm.accept(
        new TimeoutException(
            "the run stalls: "
                + stalled
                + ", and nothing was announced for "
                + seconds
                + " s, must be less than "
                + stall.toSeconds()
                + " s. It starts again from its last checkpoint"));
  }

  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
  }
}
