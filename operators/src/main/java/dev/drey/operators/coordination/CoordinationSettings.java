package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * When rounds may start, and when a run stops or restarts.
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

  /** The same without a limit on the time between announcements. */
  public CoordinationSettings withoutStall() {
    return new CoordinationSettings(shards, policy.withoutStall(), evaluations);
  }
}
