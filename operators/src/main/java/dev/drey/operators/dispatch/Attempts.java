package dev.drey.operators.dispatch;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of a slot, how often it is retried, and the backoff in between.
 *
 * @param most attempts at the same examples that may fail before these are suspect, at least 1; an
 *     attempt does not count where the service is to blame
 * @param deadlines of one attempt, and of a slot
 * @param backoff between attempts
 * @param hedging of slow attempts, or null for none
 */
public record Attempts(int most, Deadlines deadlines, Backoff backoff, @Nullable Hedging hedging)
    implements Serializable {

  public Attempts {
    if (most < 1) {
      throw new IllegalArgumentException("attempts is " + most + ", must be at least 1");
    }
  }

  /** All else as the defaults are. */
  public static Attempts of(int most, Duration timeout) {
    return new Attempts(
        most,
        new Deadlines(timeout, Duration.ofSeconds(2), Duration.ofMinutes(10)),
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
        new Hedging(0.95, 3));
  }

  /**
   * Deadlines.
   *
   * @param attempt from sending a request to its answer
   * @param grace beyond that, for an answer that is still in transit
   * @param slot from the admission of its round: later no attempt starts, and those in flight are
   *     given up
   */
  public record Deadlines(Duration attempt, Duration grace, Duration slot) implements Serializable {

    public Deadlines {
      aboveZero("deadline of an attempt", attempt);
      aboveZero("deadline of a slot", slot);
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace is " + grace + ", must be at least 0");
      }
    }

    private static void aboveZero(String what, Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(what + " is " + duration + ", must be above 0");
      }
    }
  }

  /**
   * The pause between attempts.
   *
   * @param first before the second attempt; doubles with every further one
   * @param longest the limit of the doubling
   */
  public record Backoff(Duration first, Duration longest) implements Serializable {

    public Backoff {
      if (first.isNegative() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "backoff is " + first + " to " + longest + ", must be at least 0 and not go down");
      }
    }

    /**
     * The pause after so many failures.
     *
     * @param failures so far, at least 1
     * @param random spreads the retries of many slots: half to all of the time
     */
    Duration after(int failures, RandomGenerator random) {
      int doublings = Math.min(20, failures - 1);
      long millis = Math.min(longest.toMillis(), first.toMillis() << doublings);
      return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
  }

  /**
   * When a second attempt is sent beside the first: once the first takes longer than {@code factor}
   * times the {@code quantile} of recent durations.
   *
   * @param quantile in (0, 1)
   * @param factor at least 1
   */
  public record Hedging(double quantile, double factor) implements Serializable {

    public Hedging {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException("quantile is " + quantile + ", must be between 0 and 1");
      }
      if (!(factor >= 1)) {
        throw new IllegalArgumentException("factor is " + factor + ", must be at least 1");
      }
    }
  }
}
