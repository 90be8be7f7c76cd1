package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.Task;
import dev.drey.core.optimizer.BatchSizeRule;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.optimizer.Schedule;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.operators.Sums;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class UpdateRuleTest {

  private static final Range RANGE = new Range(10, 12);
  private static final float[][] NO_MOMENTS = new float[0][];

  @Test
  void theMeanIsTakenOnce() throws Exception {
    float[] weights = {1, 1};

    sgd(0.5, null).apply(Sums.root(0, RANGE, 4, 8, -4), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(0, 1.5f); // 1 - 0.5 * 8 / 4, 1 + 0.5 * 4 / 4
  }

  @Test
  void aSliceOfALargerArrayIsReadFromItsPlace() throws Exception {
    float[] weights = {0, 0};
    PartialSum whole = Sums.root(0, new Range(8, 13), 1, 1, 2, 3, 4, 5);

    sgd(1, null).apply(whole.over(RANGE), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-3, -4);
    assertThat(whole.values().toArray()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aLongMeanGradientIsClipped() throws Exception {
    float[] weights = {0, 0};

    // The mean is (3, 4), of norm 5.
    sgd(1, new Clipping(1)).apply(Sums.root(0, RANGE, 2, 6, 8), weights, NO_MOMENTS);

    // One rounding of the scale, one of each product: 2 units in the last place of 0.8.
    assertThat(weights[0]).isCloseTo(-0.6f, within(1.2e-7f));
    assertThat(weights[1]).isCloseTo(-0.8f, within(1.2e-7f));
  }

  @Test
  void aShortMeanGradientIsNotClipped() throws Exception {
    float[] weights = {0, 0};

    // The sum is longer than the limit, the mean is not.
    sgd(1, new Clipping(5)).apply(Sums.root(0, RANGE, 2, 6, 8), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-3, -4);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefusedByTheNameOfItsParameter(float bad) {
    float[] weights = {1, 2};

    assertThatThrownBy(
            () -> sgd(1, null).apply(Sums.root(7, RANGE, 2, 0, bad), weights, NO_MOMENTS))
        .isInstanceOf(RefusedStepException.class)
        .hasMessageContaining("step 7: the gradient sum is " + bad + " at parameter 11")
        .hasMessageContaining("the weights keep version 7");

    assertThat(weights).containsExactly(1, 2);
  }

  @Test
  void anEmptyStepLeavesWeightsAndMoments() throws Exception {
    float[] weights = {1, 2};
    float[][] moments = {{3, 4}};
    PartialSum empty =
        new PartialSum(
            new Round(Task.GRADIENT, 3),
            RANGE,
            new Range(0, 2),
            Tally.ZERO,
            Slice.of(new float[2]));

    new UpdateRule(Optimizer.Momentum.DEFAULT, LearningRate.constant(1), null, 9, 2)
        .apply(empty, weights, moments);

    assertThat(weights).containsExactly(1, 2);
    assertThat(moments[0]).containsExactly(3, 4);
  }

  @Test
  void theRateFollowsScheduleAndBatch() throws Exception {
    float[] weights = {0, 0};
    LearningRate rate = new LearningRate(1, new Schedule.Step(2, 0.5), 0, BatchSizeRule.LINEAR, 8);
    UpdateRule rule = new UpdateRule(new Optimizer.Sgd(), rate, null, 10, 16);

    rule.apply(Sums.root(4, RANGE, 1, 1, 2), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-0.5f, -1); // 1 * (16 / 8) * 0.5^(4 / 2)
  }

  private static UpdateRule sgd(double rate, @Nullable Clipping clipping) {
    return new UpdateRule(new Optimizer.Sgd(), LearningRate.constant(rate), clipping, 100, 1);
  }
}
