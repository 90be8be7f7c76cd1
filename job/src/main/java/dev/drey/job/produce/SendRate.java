package dev.drey.job.produce;

import java.util.concurrent.TimeUnit;

/**
 * The rate at which records are sent.
 *
 * @param perSecond records per second, above 0; infinity for no limit
 */
public record SendRate(double perSecond) {

  public SendRate {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate is " + perSecond + ", must be above 0");
    }
  }

  /**
   * When a record is due, in nanoseconds after the first one.
   *
   * @param record its number, from 0
   */
  public long due(long record) {
    return (long) (record / perSecond * TimeUnit.SECONDS.toNanos(1));
  }
}
