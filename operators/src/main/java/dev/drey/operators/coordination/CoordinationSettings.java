package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * What decides when a round may go out.
 *
 * @param shards how many shards a version has
 * @param policy of the run's steps
 * @param evaluations which versions are evaluated
 */
public record CoordinationSettings(int shards, StepPolicy policy, EvaluationSchedule evaluations)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public CoordinationSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", must be at least 1");
    }
  }

  /** The same, but that nothing may be announced for ever. */
  public CoordinationSettings withoutStall() {
    return new CoordinationSettings(shards, policy.withoutStall(), evaluations);
  }
}
