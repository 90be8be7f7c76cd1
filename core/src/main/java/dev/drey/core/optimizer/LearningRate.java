package dev.drey.core.optimizer;

import java.io.Serializable;

/**
 * The learning rate of every step: rate, times the batch-size rule, times the schedule, times a
 * linear warm-up of (step + 1) / warmupSteps until that reaches 1 (Goyal et al. 2017, section 2.2).
 *
 * @param rate above 0
 * @param schedule what the rate is multiplied by in the course of the run
 * @param warmupSteps at least 0; the schedule counts them too
 * @param rule how the rate follows the number of examples of a step
 * @param referenceBatch the examples of a step for which {@code rate} is meant; at least 1 unless
 *     the rule is none
 */
public record LearningRate(
    double rate, Schedule schedule, long warmupSteps, BatchSizeRule rule, int referenceBatch)
    implements Serializable {

  public LearningRate {
    Vectors.checkPositive("rate", rate);
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmup-steps is " + warmupSteps + ", must be at least 0");
    }
    if (rule != BatchSizeRule.NONE && referenceBatch < 1) {
      throw new IllegalArgumentException(
          "reference-batch is " + referenceBatch + ", must be at least 1");
    }
  }

  /** The same rate at every step, whatever the batch. */
  public static LearningRate constant(double rate) {
    return new LearningRate(rate, new Schedule.Constant(), 0, BatchSizeRule.NONE, 0);
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param totalSteps of the run; Long.MAX_VALUE if it has no end
   * @param batch examples that a full step averages over: slots times mini-batch
   */
  public double at(long step, long totalSteps, int batch) {
    double warmup = step + 1 < warmupSteps ? (double) (step + 1) / warmupSteps : 1;
    double ratio = rule == BatchSizeRule.NONE ? 1 : (double) batch / referenceBatch;
    return rate * rule.factor(ratio) * schedule.factor(step, totalSteps) * warmup;
  }
}
