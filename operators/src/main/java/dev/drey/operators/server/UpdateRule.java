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
 * How a step's gradient sum changes the weights of a shard. What the optimizer trains, it changes;
 * the statistics between are averaged.
 *
 * @param optimizer the update
 * @param rates of the steps
 * @param l2 weight of the penalty on the square of every trained parameter, at least 0
 * @param clipping of the whole mean gradient, or null; needs the whole vector in one shard, since
 *     the norm is over all of it
 * @param statistics ranges of the flat vector that are averaged, in its order
 * @param drift what is watched for a drift, or null
 */
public record UpdateRule(
    Optimizer optimizer,
    StepRates rates,
    float l2,
    @Nullable Clipping clipping,
    List<Statistic> statistics,
    @Nullable DriftRule drift)
    implements Serializable {

  /** Without an eye on drifts. */
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

  /** Applies a step as usual. */
  void apply(PartialSum sum, float[] weights, float[][] moments) throws RefusedStepException {
    apply(sum, weights, moments, StepAdjustment.usual(sum.round().step()));
  }

  /**
   * Applies a step.
   *
   * @param weights changed in place
   * @param moments changed in place, but for those of statistics
   * @throws RefusedStepException if the sum holds a NaN or an infinite value; nothing is changed
   *     then
   */
  void apply(PartialSum sum, float[] weights, float[][] moments, StepAdjustment pace)
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
            pace.momentStep(),
            rates.at(step, pace.rateFactor()),
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
