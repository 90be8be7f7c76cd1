package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.network.Statistic;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a step's gradient sum changes the weights of a shard: the optimizer changes trained
 * parameters, running statistics are averaged.
 *
 * @param optimizer the update
 * @param rates of the steps
 * @param l2 factor of the penalty on the square of every trained parameter, at least 0
 * @param clipping of the mean gradient by its norm, or null; needs a single shard, since the norm
 *     is over the whole vector
 * @param statistics running statistics in the flat vector, in ascending order
 * @param drift how drifts are detected, or null
 */
public record UpdateRule(
    Optimizer optimizer,
    StepRates rates,
    float l2,
    @Nullable Clipping clipping,
    List<Statistic> statistics,
    @Nullable DriftRule drift)
    implements Serializable {

  /** Without detection of drifts. */
  public UpdateRule(
      Optimizer optimizer,
      StepRates rates,
      float l2,
      @Nullable Clipping clipping,
      List<Statistic> statistics) {
    this(optimizer, rates, l2, clipping, statistics, null);
  }

  public UpdateRule {
    statistics = List.copyOf(statistics);
  }

  /** Applies a step without an adjustment. */
  void apply(PartialSum sum, float[] weights, float[][] moments) throws RefusedStepException {
    apply(sum, weights, moments, StepAdjustment.none(sum.round().step()));
  }

  /**
   * Applies a step.
   *
   * @param weights changed in place
   * @param moments changed in place, but for those of statistics
   * @throws RefusedStepException if the sum holds a NaN or an infinite value; nothing is changed
   *     then
   */
  void apply(PartialSum sum, float[] weights, float[][] moments, StepAdjustment adjustment)
      throws RefusedStepException {
    float[] values =
        sum.values().length() == sum.values().array().length
            ? sum.values().array()
            : sum.values().toArray();
    int bad = Floats.firstNotFinite(values);
    if (bad >= 0) {
      throw RefusedStepException.notFinite(sum, sum.parameters().from() + bad, values[bad]);
    }
    if (sum.tally().inSum() == 0) {
      return;
    }
    Portions portions = Portions.of(sum.parameters(), statistics);
    double mean = 1.0 / sum.tally().inSum();
    long step = sum.round().step();
    Optimizer.Update update =
        new Optimizer.Update(
            (float) (mean * clippingFactor(values, portions, mean)),
            adjustment.momentStep(),
            rates.at(step, adjustment.rateFactor()),
            l2);
    for (Range trained : portions.trained()) {
      optimizer.apply(weights, values, moments, trained, update);
    }
    for (Statistic statistic : portions.statistics()) {
      Range range = statistic.range();
      Floats.average(weights, statistic.momentum(), values, (float) mean, range.from(), range.to());
    }
  }

  private double clippingFactor(float[] values, Portions portions, double mean) {
    if (clipping == null) {
      return 1;
    }
    double squares = 0;
    for (Range trained : portions.trained()) {
      squares += Floats.sumOfSquares(values, trained.from(), trained.to());
    }
    return clipping.factor(Math.sqrt(squares) * mean);
  }
}
