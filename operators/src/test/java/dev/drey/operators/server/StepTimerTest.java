package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.operators.coordination.StepTimes;
import org.junit.jupiter.api.Test;

class StepTimerTest {

  private static final double EXACT = 1e-9;

  private long millis = -7; // nanoTime may be negative
  private final StepTimer timer = new StepTimer(() -> millis * 1_000_000);

  private void appliedAfter(long wait) {
    millis += wait;
    timer.applied();
  }

  @Test
  void aStepTakesFromTheOneBeforeToItsOwnEnd() {
    appliedAfter(900); // the job started
    appliedAfter(10);
    appliedAfter(30);

    assertThat(timer.times().steps()).isEqualTo(2);
    assertThat(timer.times().mean()).isCloseTo(0.02, within(EXACT));
    // The deviation of 10 and 30 is sqrt(200), of their mean sqrt(200 / 2).
    assertThat(timer.times().standardError()).isCloseTo(0.01, within(EXACT));
    assertThat(timer.recentMicros()).isCloseTo(20_000, within(1e-3));
  }

  @Test
  void evaluationsAndPausesAreNoStepsTime() {
    appliedAfter(0);
    millis += 500;
    timer.evaluated();
    appliedAfter(10);
    millis += 5000;
    timer.pauseEnded();
    appliedAfter(700);
    appliedAfter(10);

    assertThat(timer.times().steps()).isEqualTo(2);
    assertThat(timer.times().seconds()).isCloseTo(0.02, within(EXACT));
  }

  @Test
  void theRecentMeanForgets() {
    appliedAfter(0);
    for (int i = 0; i < 10; i++) {
      appliedAfter(1000);
    }
    for (int i = 0; i < 32; i++) {
      appliedAfter(10);
    }

    assertThat(timer.recentMicros()).isCloseTo(10_000, within(1e-3));
    assertThat(timer.times().mean()).isGreaterThan(0.1);
  }

  @Test
  void theDifferenceOfTwoTimesIsOfTheStepsBetween() {
    appliedAfter(0);
    appliedAfter(10);
    StepTimes earlier = timer.times();
    appliedAfter(20);
    appliedAfter(40);

    assertThat(timer.times().since(earlier).mean()).isCloseTo(0.03, within(EXACT));
  }

  @Test
  void theTimesOfAnotherTaskAreNotSubtracted() {
    appliedAfter(0);
    appliedAfter(10);
    StepTimer restarted = new StepTimer(() -> millis * 1_000_000);
    restarted.applied();
    millis += 30;
    restarted.applied();

    assertThat(restarted.times().since(timer.times())).isEqualTo(restarted.times());
  }

  @Test
  void nothingIsKnownBeforeTheSecondStep() {
    appliedAfter(0);

    assertThat(timer.recentMicros()).isNaN();
    assertThat(timer.times().mean()).isNaN();
    assertThat(timer.times().standardError()).isNaN();
  }
}
