package dev.drey.operators.stream;

import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.minibatch.Rounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is divided into steps.
 *
 * @param miniBatch the largest number of examples per slot and step, at least 1
 * @param maxWait how long a step waits for its examples, above 0; null without limit
 * @param steps of the run, at least 1; Long.MAX_VALUE for no end
 * @param evaluateEvery steps between evaluations on held-out examples; 0 for none
 * @param mostHeldOut how many of the newest held-out examples a unit of slots keeps for the next
 *     evaluation, at least 1
 */
public record StreamSteps(
    int miniBatch, @Nullable Duration maxWait, long steps, long evaluateEvery, int mostHeldOut)
    implements Rounds {

  private static final long serialVersionUID = 1L;

  public StreamSteps {
    atLeast("mini-batch", miniBatch, 1);
    atLeast("steps", steps, 1);
    atLeast("steps between evaluations", evaluateEvery, 0);
    atLeast("examples held out", mostHeldOut, 1);
    if (maxWait != null && (maxWait.isZero() || maxWait.isNegative())) {
      throw new IllegalArgumentException("max-wait is " + maxWait + ", must be above 0");
    }
  }

  private static void atLeast(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(what + " is " + value + ", must be at least " + least);
    }
  }

  /** When versions are evaluated, for the coordinator. */
  public EvaluationSchedule evaluations() {
    return evaluateEvery == 0
        ? EvaluationSchedule.NEVER
        : new EvaluationSchedule(evaluateEvery, steps);
  }

  @Override
  public boolean evaluatesAt(long version) {
    return version > 0 && version <= steps && evaluations().lastDue(version) == version;
  }
}
