package dev.drey.job.specification;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a job that failed restarts from its last checkpoint.
 *
 * @param first delay before the first restart; doubles with every further one
 * @param longest the limit of the delay, at least {@code first}
 * @param resetAfter time without a failure after which delay and count begin anew
 * @param most restarts without such a time in between, at least 0; empty for no limit
 */
public record RestartSettings(
    Duration first, Duration longest, Duration resetAfter, Optional<Long> most) {

  /** The default: a service that is away for a quarter of an hour does not end the run. */
  public static final RestartSettings USUAL =
      new RestartSettings(
          Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), Optional.of(20L));

  static final Key<RestartSettings, Duration> FIRST =
      Key.of(
              "first",
              Quantities.duration(Duration.ofMillis(1), Duration.ofHours(1)),
              RestartSettings::first,
              "delay before the first restart; doubles with every further one")
          .orElse(USUAL.first());

  static final Key<RestartSettings, Duration> LONGEST =
      Key.of(
              "longest",
              Quantities.duration(Duration.ofMillis(1), Duration.ofHours(24)),
              RestartSettings::longest,
              "the limit of that")
          .orElse("1 min, or first if that is more", RestartSettings::atLeastFirst);

  static final Key<RestartSettings, Duration> RESET_AFTER =
      Key.of(
              "reset-after",
              Quantities.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
              RestartSettings::resetAfter,
              "time without a failure after which delay and count begin anew")
          .orElse(USUAL.resetAfter());

  static final Key<RestartSettings, Optional<Long>> MOST =
      Key.of(
              "most",
              new OrWord<>(Numbers.count(0), "unlimited"),
              RestartSettings::most,
              "restarts without such a time in between; one more failure ends the run, and its last"
                  + " checkpoint stays")
          .orElse(USUAL.most());

  static final Section<RestartSettings> SECTION =
      new Section<RestartSettings>(
              List.of(FIRST, LONGEST, RESET_AFTER, MOST),
              values ->
                  new RestartSettings(
                      values.get(FIRST),
                      values.get(LONGEST),
                      values.get(RESET_AFTER),
                      values.get(MOST)))
          .check(RestartSettings::check);

  private static Optional<Duration> atLeastFirst(Reading reading) {
    return reading
        .value(FIRST)
        .map(first -> first.compareTo(USUAL.longest()) > 0 ? first : USUAL.longest());
  }

  private static void check(Reading reading) {
    Optional<Duration> first = reading.value(FIRST);
    Optional<Duration> longest = reading.value(LONGEST);
    if (first.isPresent() && longest.isPresent() && longest.get().compareTo(first.get()) < 0) {
      reading.fault(
          LONGEST,
          "is "
              + Quantities.text(longest.get())
              + ", must be at least first, "
              + Quantities.text(first.get()));
    }
  }
}
