package dev.drey.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  private static final Schedule CONSTANT = new Schedule.Constant();

  @Test
  void aConstantRateIsTheSameAtEveryStep() {
    LearningRate rate = LearningRate.constant(0.1);

    assertThat(rate.at(0, 100, 32)).isEqualTo(0.1);
    assertThat(rate.at(99, 100, 3200)).isEqualTo(0.1);
  }

  @Test
  void theWarmUpRisesLinearlyAndEndsAtTheFullRate() {
    LearningRate rate = new LearningRate(1, CONSTANT, 4, BatchSizeRule.NONE, 0);

    assertThat(rate.at(0, 100, 1)).isEqualTo(0.25);
    assertThat(rate.at(1, 100, 1)).isEqualTo(0.5);
    assertThat(rate.at(2, 100, 1)).isEqualTo(0.75);
    assertThat(rate.at(3, 100, 1)).isEqualTo(1);
    assertThat(rate.at(4, 100, 1)).isEqualTo(1);
  }

  @Test
  void theRulesFollowTheBatch() {
    assertThat(new LearningRate(0.1, CONSTANT, 0, BatchSizeRule.LINEAR, 256).at(0, 1, 1024))
        .isEqualTo(0.4);
    assertThat(new LearningRate(0.1, CONSTANT, 0, BatchSizeRule.SQUARE_ROOT, 256).at(0, 1, 1024))
        .isEqualTo(0.2);
    assertThat(new LearningRate(0.1, CONSTANT, 0, BatchSizeRule.LINEAR, 256).at(0, 1, 64))
        .isEqualTo(0.025);
  }

  @Test
  void theStepScheduleDropsEverySoManySteps() {
    Schedule schedule = new Schedule.Step(10, 0.5);

    assertThat(schedule.factor(9, 100)).isEqualTo(1);
    assertThat(schedule.factor(10, 100)).isEqualTo(0.5);
    assertThat(schedule.factor(39, 100)).isEqualTo(0.125);
  }

  @Test
  void theCosineFallsFromOneToTheFinalFactorAndStaysThere() {
    Schedule schedule = new Schedule.Cosine(100, 0.2);

    assertThat(schedule.factor(0, 1000)).isEqualTo(1);
    assertThat(schedule.factor(50, 1000)).isCloseTo(0.6, within(1e-12));
    assertThat(schedule.factor(100, 1000)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.factor(500, 1000)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void aCosineWithoutLengthFallsOverTheWholeRun() {
    Schedule schedule = new Schedule.Cosine(0, 0);

    assertThat(schedule.factor(30, 60)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.factor(1_000_000, Long.MAX_VALUE)).isCloseTo(1, within(1e-12));
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> LearningRate.constant(0))
        .hasMessage("rate is 0.0, must be above 0 and finite");
    assertThatThrownBy(() -> new LearningRate(1, CONSTANT, -1, BatchSizeRule.NONE, 0))
        .hasMessage("warmup-steps is -1, must be at least 0");
    assertThatThrownBy(() -> new LearningRate(1, CONSTANT, 0, BatchSizeRule.LINEAR, 0))
        .hasMessage("reference-batch is 0, must be at least 1");
    assertThatThrownBy(() -> new Schedule.Step(0, 0.1))
        .hasMessage("every-steps is 0, must be at least 1");
    assertThatThrownBy(() -> new Schedule.Step(1, 2))
        .hasMessage("factor is 2.0, must be in (0, 1]");
    assertThatThrownBy(() -> new Schedule.Cosine(-1, 0))
        .hasMessage("steps is -1, must be at least 0");
    assertThatThrownBy(() -> new Schedule.Cosine(1, 2))
        .hasMessage("final-factor is 2.0, must be in [0, 1]");
  }
}
