package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * What decides when a round may go out.
 *
 * @param shards how many shards a version has
 * @param staleness how many versions a step may lack; Long.MAX_VALUE for any number
 * @param evaluations which versions are evaluated
 * @param budget what the run may spend
 */
public record CoordinationSettings(
    int shards, long staleness, EvaluationSchedule evaluations, Budget budget)
    implements Serializable {

  public CoordinationSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", must be at least 1");
    }
    if (staleness < 0) {
      throw new IllegalArgumentException("staleness is " + staleness + ", must be at least 0");
    }
  }
}
