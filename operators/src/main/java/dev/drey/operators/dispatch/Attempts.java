package dev.drey.operators.dispatch;

import dev.drey.core.worker.WorkerException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often a slot is tried, and how long between.
 *
 * @param most attempts at one slot, at least 1; throttled attempts do not count, since nothing was
 *     wrong with them
 * @param deadline of one attempt, from its sending to its answer
 * @param firstBackoff before the second attempt; doubles with every further one
 * @param longestBackoff the limit of that
 */
public record Attempts(int most, Duration deadline, Duration firstBackoff, Duration longestBackoff)
    implements Serializable {

  public Attempts {
    if (most < 1) {
      throw new IllegalArgumentException("attempts is " + most + ", must be at least 1");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline is " + deadline + ", must be above 0");
    }
  }

  /** Backs off from 0.1 s to 5 s. */
  public static Attempts of(int most, Duration deadline) {
    return new Attempts(most, deadline, Duration.ofMillis(100), Duration.ofSeconds(5));
  }

  /**
   * How long to wait before another attempt, or empty if there is to be none.
   *
   * @param failed how many attempts failed so far, throttled ones not counted
   * @param throttled how many were throttled so far
   * @param random spreads the retries of many slots: half to all of the backoff
   */
  Optional<Duration> backoff(
      WorkerException.Kind kind, int failed, int throttled, RandomGenerator random) {
    if (!kind.retryable() || failed >= most) {
      return Optional.empty();
    }
    int doublings = Math.min(20, Math.max(0, failed + throttled - 1));
    long millis = Math.min(longestBackoff.toMillis(), firstBackoff.toMillis() << doublings);
    return Optional.of(Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1)));
  }
}
