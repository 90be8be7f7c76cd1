package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.worker.WorkerException.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class AttemptsTest {

  private static final Attempts FOUR = Attempts.of(4, Duration.ofSeconds(30));

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({"1, 0, 100", "2, 0, 200", "3, 0, 400", "1, 2, 400", "3, 40, 5000"})
  void theBackoffDoublesUpToItsLimit(int failed, int throttled, long most) {
    for (int i = 0; i < 200; i++) {
      assertThat(FOUR.backoff(Kind.UNAVAILABLE, failed, throttled, random).orElseThrow().toMillis())
          .isBetween(most / 2, most);
    }
  }

  @Test
  void thereAreNoMoreAttemptsThanAllowed() {
    assertThat(FOUR.backoff(Kind.CRASHED, 3, 0, random)).isPresent();
    assertThat(FOUR.backoff(Kind.CRASHED, 4, 0, random)).isEmpty();
  }

  @Test
  void throttledAttemptsDoNotCount() {
    assertThat(FOUR.backoff(Kind.THROTTLED, 3, 1_000_000, random)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyWhatMayPassIsTriedAgain(Kind kind) {
    assertThat(FOUR.backoff(kind, 1, 0, random).isPresent()).isEqualTo(kind.retryable());
  }

  @Test
  void aBackoffOfNothingIsAllowed() {
    Attempts attempts = new Attempts(2, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);

    assertThat(attempts.backoff(Kind.FAILED, 1, 0, random)).contains(Duration.ZERO);
  }

  @Test
  void badValuesAreRefused() {
    assertThatThrownBy(() -> Attempts.of(0, Duration.ofSeconds(1)))
        .hasMessage("attempts is 0, must be at least 1");
    assertThatThrownBy(() -> Attempts.of(1, Duration.ZERO))
        .hasMessage("deadline is PT0S, must be above 0");
    assertThatThrownBy(() -> Attempts.of(1, Duration.ofMillis(-5)))
        .hasMessage("deadline is PT-0.005S, must be above 0");
  }
}
