package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.operators.dispatch.Attempts.Backoff;
import dev.drey.operators.dispatch.Attempts.Deadlines;
import dev.drey.operators.dispatch.Attempts.Hedging;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class AttemptsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "1000000, 5000"})
  void theBackoffDoublesUpToItsLimit(int failures, long most) {
    Backoff backoff = Attempts.of(4, SECOND).backoff();

    for (int i = 0; i < 200; i++) {
      assertThat(backoff.after(failures, random).toMillis()).isBetween(most / 2, most);
    }
  }

  @Test
  void aBackoffOfNothingIsAllowed() {
    assertThat(new Backoff(Duration.ZERO, Duration.ZERO).after(1, random)).isZero();
  }

  @Test
  void badValuesAreRefused() {
    assertThatThrownBy(() -> Attempts.of(0, SECOND))
        .hasMessage("attempts is 0, must be at least 1");
    assertThatThrownBy(() -> Attempts.of(1, Duration.ZERO))
        .hasMessage("deadline of an attempt is PT0S, must be above 0");
    assertThatThrownBy(() -> new Deadlines(SECOND, SECOND, SECOND.negated()))
        .hasMessage("deadline of a slot is PT-1S, must be above 0");
    assertThatThrownBy(() -> new Deadlines(SECOND, SECOND.negated(), SECOND))
        .hasMessage("grace is PT-1S, must be at least 0");
    assertThatThrownBy(() -> new Backoff(SECOND, Duration.ZERO))
        .hasMessage("backoff is PT1S to PT0S, must be at least 0 and not go down");
    assertThatThrownBy(() -> new Hedging(1, 2))
        .hasMessage("quantile is 1.0, must be between 0 and 1");
    assertThatThrownBy(() -> new Hedging(0.5, Double.NaN))
        .hasMessage("factor is NaN, must be at least 1");
  }
}
