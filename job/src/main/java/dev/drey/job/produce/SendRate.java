package dev.drey.job.produce;

import java.util.concurrent.TimeUnit;

/**
 * When each record is due.
 *
 * @param perSecond records, above 0; infinity for as fast as can be
 */
public record SendRate(double perSecond) {

  public SendRate {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate is " + perSecond + ", must be above 0");
    }
  }

  /**
   * How long after the first record it is due, in nanoseconds.
   *
   * @param record its number, from 0
   */
  public long due(long record) {
    return (long) (record / perSecond * TimeUnit.SECONDS.toNanos(1));
  }
}
