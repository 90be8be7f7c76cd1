package dev.drey.operators.server;

import dev.drey.core.optimizer.LearningRate;
import java.io.Serializable;

/**
 * The learning rate of each step of a run.
 *
 * @param learningRate as it is set
 * @param steps of the run, for the schedule; Long.MAX_VALUE if it has no end
 * @param batch examples of a full step
 */
public record StepRates(LearningRate learningRate, long steps, int batch) implements Serializable {

  /**
   * The rate.
   *
   * @param step from 0
   * @param factor what it is multiplied by
   */
  float at(long step, double factor) {
    return (float) (learningRate.at(step, steps, batch) * factor);
  }
}
