package dev.drey.job.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepAccountTest {

  private static final double ROUNDING = 1e-9;
  private static final StepAccount.Shape TWO_SLOTS = new StepAccount.Shape(2, 4, 0);

  private static MetricSample sample(long step, double scale) {
    return new MetricSample(
        Map.of(
            MetricSample.STEP,
            (double) step,
            MetricSample.INVOCATIONS,
            2 * scale,
            "dispatch.permitMicros",
            200 * scale,
            "dispatch.invocationMicros",
            12_000 * scale,
            "dispatch.workerMicros",
            10_000 * scale,
            "dispatch.computeMicros",
            8_000 * scale,
            "combine.heldMicros",
            0 * scale,
            "aggregate_root.heldMicros",
            4_000 * scale),
        Map.of(
            "parameter_server.applyMicros", 300 * scale,
            "parameter_server.publishMicros", 700 * scale));
  }

  @Test
  void partsAddUpToTheStep() {
    StepAccount account = StepAccount.between(sample(100, 100), sample(110, 110), 10, TWO_SLOTS);

    assertThat(account.total()).isCloseTo(10, within(ROUNDING));
  }

  @Test
  void timesOfInvocationsAreMeansOverSlots() {
    Map<StepStage, Double> millis =
        StepAccount.between(sample(100, 100), sample(110, 110), 10, TWO_SLOTS).millis();

    assertThat(millis.get(StepStage.PERMIT)).isCloseTo(0.1, within(ROUNDING));
    assertThat(millis.get(StepStage.CALL)).isCloseTo(1, within(ROUNDING));
    assertThat(millis.get(StepStage.WORKER)).isCloseTo(1, within(ROUNDING));
    assertThat(millis.get(StepStage.COMPUTE)).isCloseTo(4, within(ROUNDING));
  }

  @Test
  void heldTimeIsPerSlotAndShard() {
    assertThat(
            StepAccount.between(sample(100, 100), sample(110, 110), 10, TWO_SLOTS)
                .millis()
                .get(StepStage.SLOWEST))
        .isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void evaluationsShareIsInEachStep() {
    StepAccount.Shape evaluating = new StepAccount.Shape(2, 4, 10);

    assertThat(
            StepAccount.between(sample(100, 100), sample(110, 110), 10, evaluating)
                .millis()
                .get(StepStage.COMPUTE))
        .isCloseTo(4.4, within(ROUNDING));
  }

  @Test
  void samplesOfTheSameStepAreRefused() {
    assertThatThrownBy(() -> StepAccount.between(sample(100, 100), sample(100, 100), 10, TWO_SLOTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at least 1");
  }

  @Test
  void meanOfAccountsIsPartByPart() {
    StepAccount one = StepAccount.between(sample(0, 0), sample(10, 10), 10, TWO_SLOTS);
    StepAccount two = StepAccount.between(sample(0, 0), sample(10, 10), 12, TWO_SLOTS);

    assertThat(StepAccount.mean(List.of(one, two)).total()).isCloseTo(11, within(ROUNDING));
  }
}
