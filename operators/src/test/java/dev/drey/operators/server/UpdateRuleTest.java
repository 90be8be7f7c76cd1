package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.network.Statistic;
import dev.drey.core.optimizer.BatchSizeRule;
import dev.drey.core.optimizer.Clipping;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Momentum;
import dev.drey.core.optimizer.Schedule;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.work.Round;
import dev.drey.operators.Sums;
import java.util.List;
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
            Round.training(3), RANGE, new Range(0, 2), Tally.ZERO, Slice.of(new float[2]));

    new UpdateRule(
            Momentum.DEFAULT,
            new StepRates(LearningRate.constant(1), 9, 2),
            0.1f,
            null,
            List.of(new Statistic(new Range(11, 12), 0.9f)))
        .apply(empty, weights, moments);

    assertThat(weights).containsExactly(1, 2);
    assertThat(moments[0]).containsExactly(3, 4);
  }

  @Test
  void theRateFollowsScheduleAndBatch() throws Exception {
    float[] weights = {0, 0};
    LearningRate rate = new LearningRate(1, new Schedule.Step(2, 0.5), 0, BatchSizeRule.LINEAR, 8);
    UpdateRule rule = new UpdateRule(new Sgd(), new StepRates(rate, 10, 16), 0, null, List.of());

    rule.apply(Sums.root(4, RANGE, 1, 1, 2), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-0.5f, -1); // 1 * (16 / 8) * 0.5^(4 / 2)
  }

  @Test
  void statisticsAreAveragedBetweenWhatIsOptimized() throws Exception {
    float[] weights = {1, 10, 20, 2, 5};
    float[][] moments = new float[1][5];
    UpdateRule rule =
        new UpdateRule(
            new Momentum(0.5f),
            new StepRates(LearningRate.constant(1), 100, 1),
            0.25f,
            null,
            List.of(
                new Statistic(new Range(11, 12), 0.75f), new Statistic(new Range(12, 13), 0.5f)));

    rule.apply(Sums.root(0, new Range(10, 15), 4, 8, 4 * 30, 4 * 40, -4, 0), weights, moments);

    // 1 - (8 / 4 + 1 / 4), 0.75 * 10 + 0.25 * 30, 0.5 * 20 + 0.5 * 40, 2 - (-1 + 2 / 4), 5 - 5 / 4
    assertThat(weights).containsExactly(-1.25f, 15, 30, 2.5f, 3.75f);
    assertThat(moments[0]).containsExactly(2.25f, 0, 0, -0.5f, 1.25f);
  }

  @Test
  void aStatisticMayGoOnInTheNextShard() throws Exception {
    Statistic statistic = new Statistic(new Range(9, 11), 0.5f);
    float[] weights = {4, 4};

    sgd(statistic).apply(Sums.root(0, RANGE, 2, 4, 4), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(3, 2); // 0.5 * 4 + 0.5 * 4 / 2, 4 - 4 / 2
  }

  @Test
  void theNormThatIsClippedIsThatOfTheTrainedParameters() throws Exception {
    float[] weights = {0, 0, 0, 0};
    UpdateRule rule =
        new UpdateRule(
            new Sgd(),
            new StepRates(LearningRate.constant(1), 100, 1),
            0,
            new Clipping(5),
            List.of(new Statistic(new Range(1, 3), 0)));

    rule.apply(Sums.root(0, new Range(0, 4), 1, 3, 1000, 2000, 4), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-3, 1000, 2000, -4); // its norm is 5, nothing is shortened
  }

  @Test
  void clippingShortensNoStatistic() throws Exception {
    float[] weights = {0, 0};
    UpdateRule rule =
        new UpdateRule(
            new Sgd(),
            new StepRates(LearningRate.constant(1), 100, 1),
            0,
            new Clipping(1),
            List.of(new Statistic(new Range(11, 12), 0)));

    rule.apply(Sums.root(0, RANGE, 2, 16, 8), weights, NO_MOMENTS);

    assertThat(weights).containsExactly(-1, 4); // the mean gradient 8 is shortened to 1
  }

  @Test
  void thePenaltyIsAddedAfterClipping() throws Exception {
    float[] weights = {10, 10};
    UpdateRule rule =
        new UpdateRule(
            new Sgd(),
            new StepRates(LearningRate.constant(1), 100, 1),
            0.5f,
            new Clipping(5),
            List.of());

    rule.apply(Sums.root(0, RANGE, 1, 6, 8), weights, NO_MOMENTS); // of norm 10

    assertThat(weights).containsExactly(10 - (3 + 5), 10 - (4 + 5));
  }

  @Test
  void aStatisticThatIsNotFiniteIsRefused() {
    float[] weights = {1, 2};

    assertThatThrownBy(
            () ->
                sgd(new Statistic(RANGE, 0.9f))
                    .apply(Sums.root(7, RANGE, 2, 0, Float.NaN), weights, NO_MOMENTS))
        .isInstanceOf(RefusedStepException.class);

    assertThat(weights).containsExactly(1, 2);
  }

  private static UpdateRule sgd(double rate, @Nullable Clipping clipping) {
    return new UpdateRule(
        new Sgd(), new StepRates(LearningRate.constant(rate), 100, 1), 0, clipping, List.of());
  }

  private static UpdateRule sgd(Statistic statistic) {
    return new UpdateRule(
        new Sgd(), new StepRates(LearningRate.constant(1), 100, 1), 0, null, List.of(statistic));
  }
}
