package dev.drey.operators.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Time that passes when a test says so. */
public final class ManualAlarms implements Alarms {

  public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private record Entry(long at, long order, Runnable action) {}

  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private long now;
  private long order;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Alarm after(Duration delay, Runnable action) {
    Entry entry = new Entry(now + delay.toNanos(), order++, action);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  @Override
  public void close() {
    entries.clear();
  }

  /** How many are to ring. */
  public int pending() {
    return entries.size();
  }

  /** Lets the next one ring; false if there is none. */
  public boolean ring() {
    Entry next = entries.pollFirst();
    if (next == null) {
      return false;
    }
    now = next.at;
    next.action.run();
    return true;
  }

  public void ringUntil(BooleanSupplier condition) {
    boolean more = true;
    while (more && !condition.getAsBoolean()) {
      more = ring();
    }
  }

  /** Lets those ring that are due within the time. */
  public void pass(Duration time) {
    long until = now + time.toNanos();
    while (!entries.isEmpty() && entries.first().at <= until) {
      ring();
    }
    now = until;
  }

  public Duration passed() {
    return Duration.ofNanos(now);
  }

  /** The same time, from {@link #START}. */
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return START.plusNanos(now);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
