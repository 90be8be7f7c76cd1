package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the broker lets a transaction of a sink be open. One is open from a checkpoint to the
 * completion of the next; the broker aborts it after its timeout, and its records are lost.
 */
public final class TransactionTimeout {

  /**
   * Kafka's default of the brokers' limit, transaction.max.timeout.ms, which sinks use where it is
   * enough: it is also how long a job may be down.
   */
  static final Duration LEAST = Duration.ofMinutes(15);

  /**
   * A transaction may last so many intervals: one, and the rest for slow checkpoints and pauses.
   */
  private static final int INTERVALS = 2;

  private static final String PROPERTY = "transaction.max.timeout.ms";

  private TransactionTimeout() {}

  /**
   * The timeout.
   *
   * @param interval from one checkpoint to the next
   */
  public static Duration of(Duration interval) {
    Duration needed = interval.multipliedBy(INTERVALS);
    return needed.compareTo(LEAST) < 0 ? LEAST : needed;
  }

  /** The longest interval of checkpoints whose transactions fit a limit. */
  private static Duration longestInterval(Duration limit) {
    return limit.dividedBy(INTERVALS);
  }

  /**
   * What is wrong with an interval of checkpoints, worded to follow its key; empty if transactions
   * fit the brokers' limit. Brokers that do not say what it is are taken to have Kafka's default.
   *
   * @param settings of the brokers
   * @param deadline longest wait for each answer
   */
  public static Optional<String> fault(KafkaSettings settings, Duration interval, Duration deadline)
      throws InterruptedException {
    Duration timeout = of(interval);
    String needs =
        "is %s, so that transactions need a timeout of %s; the brokers of %s "
            .formatted(text(interval), text(timeout), settings.servers());
    try (Brokers brokers = Brokers.connect(settings, deadline)) {
      Duration limit = brokers.longestTransaction();
      return timeout.compareTo(limit) <= 0
          ? Optional.empty()
          : Optional.of(
              needs
                  + "allow at most %s: choose an interval of at most %s, or raise their %s"
                      .formatted(text(limit), text(longestInterval(limit)), PROPERTY));
    } catch (TopicException e) {
      return timeout.compareTo(LEAST) <= 0
          ? Optional.empty()
          : Optional.of(
              needs
                  + "do not say what they allow (%s), and %s is %s if it was not raised: choose an"
                      .formatted(e.getMessage(), PROPERTY, text(LEAST))
                  + " interval of at most "
                  + text(longestInterval(LEAST))
                  + ", or let the client describe the configuration of the cluster");
    }
  }

  /** A duration in its largest whole unit, as 90 s, 15 min or 24 h. */
  private static String text(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.toSeconds() % 60 != 0) {
      return duration.toSeconds() + " s";
    }
    return duration.toMinutes() % 60 != 0
        ? duration.toMinutes() + " min"
        : duration.toHours() + " h";
  }
}
