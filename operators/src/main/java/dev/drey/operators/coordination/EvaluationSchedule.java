package dev.drey.operators.coordination;

import java.io.Serializable;

/**
 * After which versions the held-out examples are evaluated: every {@code every} steps and at the
 * end.
 *
 * @param every steps between evaluations, at least 1; 0 for never
 * @param steps the run's last version
 */
public record EvaluationSchedule(long every, long steps) implements Serializable {

  /** No evaluation at all. */
  public static final EvaluationSchedule NEVER = new EvaluationSchedule(0, 0);

  public EvaluationSchedule {
    if (every < 0 || steps < 0) {
      throw new IllegalArgumentException(
          "evaluation every " + every + " of " + steps + " steps, both must be at least 0");
    }
  }

  /** The last evaluated version up to and including this one; 0 if there is none. */
  public long lastDue(long version) {
    if (every == 0) {
      return 0;
    }
    return version >= steps ? steps : version / every * every;
  }
}
