package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.cost.Price;
import dev.drey.operators.coordination.StepPolicy.Tolerance;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class StepPolicyTest {

  private static final Budget BUDGET = new Budget(1, Price.X86, 1024);

  private static StepPolicy policy(long staleness) {
    return new StepPolicy(staleness, Tolerance.NONE, BUDGET, Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({"0, 4, 1, 3, 2", "3, 7, 4, 6, 5", "9223372036854775807, 68, 69, 67, 66"})
  void whatFollowsFromTheStaleness(
      long staleness, int ahead, long retryDelay, int replayDelay, int retained) {
    StepPolicy policy = policy(staleness);

    assertThat(policy.stepsAhead()).isEqualTo(ahead);
    assertThat(policy.retryDelay()).isEqualTo(retryDelay);
    assertThat(policy.replayDelay()).isEqualTo(replayDelay);
    assertThat(policy.retainedVersions()).isEqualTo(retained);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> policy(-1)).hasMessage("staleness is -1, must be at least 0");
    assertThatThrownBy(() -> new Tolerance(-1, 0)).hasMessageContaining("-1 slots may be missing");
    assertThatThrownBy(() -> new Tolerance(0, -2)).hasMessageContaining("-2 steps may fail");
    assertThatThrownBy(() -> new StepPolicy(0, Tolerance.NONE, BUDGET, Duration.ZERO))
        .hasMessage("stall is PT0S, must be above 0");
  }
}
