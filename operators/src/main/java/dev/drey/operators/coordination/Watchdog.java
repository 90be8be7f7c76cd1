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
 * Raises the alarm when a run that waits for something makes no progress for too long: whatever
 * holds it up, it does not hang. Thread-safe.
 */
final class Watchdog implements AutoCloseable {

  private static final long CHECKS_PER_STALL = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Duration stall;
  private final Consumer<Throwable> alarm;
  private final LongSupplier nanoTime;
  private UnderWay underWay = UnderWay.NOTHING;
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

  /** Something was announced, or the run starts again: the time begins anew. */
  synchronized void moved(UnderWay now) {
    since = nanoTime.getAsLong();
    underWay = now;
  }

  /** A round went out, or is awaited. */
  synchronized void asked(UnderWay now) {
    if (underWay.idle()) {
      since = nanoTime.getAsLong();
    }
    underWay = now;
  }

  /** Raises the alarm if it is time. */
  void check() {
    UnderWay stalled;
    long seconds;
    synchronized (this) {
      long nanos = nanoTime.getAsLong() - since;
      if (underWay.idle() || nanos < stall.toNanos()) {
        return;
      }
      stalled = underWay;
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
