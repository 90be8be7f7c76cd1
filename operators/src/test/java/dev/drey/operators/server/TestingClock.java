package dev.drey.operators.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test sets. */
final class TestingClock extends Clock {

  long millis = 100;

  @Override
  public long millis() {
    return millis;
  }

  /** The same time, as {@link System#nanoTime} would have it. */
  long nanos() {
    return millis * 1_000_000;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
