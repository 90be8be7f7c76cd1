package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.StepPlan;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EvaluationScheduleTest {

  @Test
  void versionsAreDueEveryFewStepsAndAtTheEnd() {
    EvaluationSchedule schedule = new EvaluationSchedule(3, 8);

    assertThat(IntStream.rangeClosed(0, 9).mapToLong(schedule::lastDue))
        .containsExactly(0L, 0L, 0L, 3L, 3L, 3L, 6L, 6L, 8L, 8L);
  }

  @Test
  void nothingIsDueWithoutEvaluations() {
    assertThat(EvaluationSchedule.NEVER.lastDue(1_000)).isZero();
  }

  /** The barrier would hold for ever if the source left out what is due. */
  @Test
  void whatIsDueIsWhatThePlanDealsOut() {
    for (int steps = 1; steps < 12; steps++) {
      StepPlan plan =
          new StepPlan(
              new StepPlan.Settings(
                  new int[10], new int[1], 2, 2, 1, new StepPlan.Length.Steps(steps)));
      EvaluationSchedule schedule = new EvaluationSchedule(plan.stepsPerEpoch(), plan.steps());
      for (long version = 1; version <= steps; version++) {
        assertThat(schedule.lastDue(version) == version)
            .as("version %d of %d", version, steps)
            .isEqualTo(plan.evaluatesAt(version));
      }
    }
  }

  @Test
  void negativeStepsAreRefused() {
    assertThatThrownBy(() -> new EvaluationSchedule(-1, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation every -1 of 5 steps, both must be at least 0");
  }
}
