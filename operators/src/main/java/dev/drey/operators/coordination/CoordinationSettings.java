package dev.drey.operators.coordination;

import java.io.Serializable;
import java.time.Duration;

/**
 * When rounds may start, and when a run stops or restarts.
 *
 * @param shards how many shards a version has
 * @param staleness how many versions a step may lack; Long.MAX_VALUE for any number
 * @param evaluations which versions are evaluated
 * @param budget of the run
 * @param mayMiss how many slots of a round may be left out once they are late; 0 without a quorum
 * @param stall the longest time without an announcement while rounds are in progress; then the job
 *     restarts from its last checkpoint
 */
public record CoordinationSettings(
    int shards,
    long staleness,
    EvaluationSchedule evaluations,
    Budget budget,
    int mayMiss,
    Duration stall)
    implements Serializable {

  public CoordinationSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", must be at least 1");
    }
    if (staleness < 0) {
      throw new IllegalArgumentException("staleness is " + staleness + ", must be at least 0");
    }
    if (mayMiss < 0) {
      throw new IllegalArgumentException("may miss " + mayMiss + " slots, must be at least 0");
    }
    if (stall.isZero() || stall.isNegative()) {
      throw new IllegalArgumentException("stall is " + stall + ", must be above 0");
    }
  }

  /** The same without a limit on the time between announcements. */
  public CoordinationSettings withoutStall() {
    return new CoordinationSettings(
        shards, staleness, evaluations, budget, mayMiss, Duration.ofNanos(Long.MAX_VALUE));
  }
}
