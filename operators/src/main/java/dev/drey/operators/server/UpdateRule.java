package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Floats;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a step's gradient sum changes the weights of a shard.
 *
 * @param optimizer the update
 * @param learningRate of each step
 * @param clipping of the whole mean gradient, or null; needs the whole vector in one shard, since
 *     the norm is over all of it
 * @param steps of the run, for the learning-rate schedule; Long.MAX_VALUE if it has no end
 * @param batch examples of a full step
 */
public record UpdateRule(
    Optimizer optimizer,
    LearningRate learningRate,
    @Nullable Clipping clipping,
    long steps,
    int batch)
    implements Serializable {

  /**
   * Applies a step.
   *
   * @param weights changed in place
   * @param moments changed in place
   * @throws RefusedStepException if the sum holds a NaN or an infinite value; nothing is changed
   *     then
   */
  void apply(PartialSum sum, float[] weights, float[][] moments) throws RefusedStepException {
    float[] values =
        sum.values().length() == sum.values().array().length
            ? sum.values().array()
            : sum.values().toArray();
    int bad = Floats.firstNotFinite(values);
    if (bad >= 0) {
      throw RefusedStepException.notFinite(sum, sum.parameters().from() + bad, values[bad]);
    }
    if (sum.tally().examples() == 0) {
      return;
    }
    double scale = 1.0 / sum.tally().examples();
    if (clipping != null) {
      scale *= clipping.factor(Math.sqrt(Floats.sumOfSquares(values)) * scale);
    }
    long step = sum.round().step();
    float rate = (float) learningRate.at(step, steps, batch);
    optimizer.apply(weights, values, (float) scale, moments, step + 1, rate);
  }
}
