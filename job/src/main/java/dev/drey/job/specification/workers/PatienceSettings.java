package dev.drey.job.specification.workers;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait for workers, and what happens then.
 *
 * @param grace beyond an invocation's timeout
 * @param deadline of a slot
 * @param backoff between attempts
 * @param hedge of slow attempts, if there is any
 * @param quorum the share of a step's slots that is enough, in (0, 1]; empty if all are needed
 * @param stall longest time without a completed step while steps are running
 */
public record PatienceSettings(
    Duration grace,
    Duration deadline,
    Backoff backoff,
    Optional<Hedge> hedge,
    Optional<Double> quorum,
    Duration stall) {

  private static final Duration LONGEST = Duration.ofDays(2);
  private static final Duration USUAL_DEADLINE = Duration.ofMinutes(10);
  private static final Duration STALL_BEYOND_DEADLINE = Duration.ofMinutes(5);

  /** A share such as 0.7 of 10 slots is a little more than 7 in binary. */
  private static final double ROUNDING = 1e-6;

  /**
   * Time between attempts.
   *
   * @param first before the second attempt; doubles with every further one
   * @param longest the limit of that, at least {@code first}
   */
  public record Backoff(Duration first, Duration longest) {

    static final Key<Backoff, Duration> FIRST =
        Key.of(
                "first",
                Quantities.duration(Duration.ZERO, Duration.ofHours(1)),
                Backoff::first,
                "before a second attempt; doubles with every further one, less up to a half at"
                    + " random")
            .orElse(Duration.ofMillis(100));

    static final Key<Backoff, Duration> LONGEST =
        Key.of(
                "longest",
                Quantities.duration(Duration.ZERO, Duration.ofHours(1)),
                Backoff::longest,
                "the limit of that")
            .orElse("5 s, or first if that is more", Backoff::atLeastFirst);

    static final Section<Backoff> SECTION =
        new Section<Backoff>(
                List.of(FIRST, LONGEST),
                values -> new Backoff(values.get(FIRST), values.get(LONGEST)))
            .check(reading -> atLeast(reading, LONGEST, FIRST, "first"));

    private static Optional<Duration> atLeastFirst(Reading reading) {
      return reading.value(FIRST).map(first -> longer(first, Duration.ofSeconds(5)));
    }
  }

  /**
   * When a second attempt is sent beside the first.
   *
   * @param quantile of the recent attempts' times, in (0, 1)
   * @param factor of that, at least 1
   */
  public record Hedge(double quantile, double factor) {

    /** The default. */
    static final Hedge USUAL = new Hedge(0.95, 3);

    static final Key<Hedge, Double> QUANTILE =
        Key.of(
                "quantile",
                Numbers.decimal("a number between 0 and 1", q -> q > 0 && q < 1),
                Hedge::quantile,
                "quantile of the durations of recent attempts")
            .orElse(USUAL.quantile());

    static final Key<Hedge, Double> FACTOR =
        Key.of(
                "factor",
                Numbers.decimal("a number of at least 1", f -> f >= 1),
                Hedge::factor,
                "a second attempt is sent after this many times that duration, if a worker is free")
            .orElse(USUAL.factor());

    static final Section<Hedge> SECTION =
        new Section<>(
            List.of(QUANTILE, FACTOR),
            values -> new Hedge(values.get(QUANTILE), values.get(FACTOR)));
  }

  static final Key<WorkerSettings, Duration> GRACE =
      Key.of(
              "grace",
              Quantities.duration(Duration.ZERO, Duration.ofMinutes(5)),
              (WorkerSettings w) -> w.patience().grace(),
              "how long after the timeout an answer is still accepted")
          .orElse(Duration.ofSeconds(2));

  static final Key<WorkerSettings, Duration> DEADLINE =
      Key.of(
              "deadline",
              Quantities.duration(Duration.ofSeconds(1), LONGEST),
              (WorkerSettings w) -> w.patience().deadline(),
              "of a slot, from the start of its step: attempts that fail because of the service are"
                  + " repeated until then")
          .orElse("10 min, or twice the timeout if that is more", PatienceSettings::usualDeadline);

  static final Key<WorkerSettings, Backoff> BACKOFF =
      Key.of(
          "backoff",
          Backoff.SECTION,
          (WorkerSettings w) -> w.patience().backoff(),
          "time between attempts");

  static final Key<WorkerSettings, Optional<Hedge>> HEDGE =
      Key.of(
              "hedge",
              new OrWord<>(Hedge.SECTION, "off"),
              (WorkerSettings w) -> w.patience().hedge(),
              "a second attempt beside a slow one; the first answer counts, both are paid")
          .orElse(Optional.of(Hedge.USUAL), "on");

  public static final Key<WorkerSettings, Optional<Double>> QUORUM =
      Key.of(
              "quorum",
              new Maybe<>(Numbers.decimal("a number above 0 and at most 1", q -> q > 0 && q <= 1)),
              (WorkerSettings w) -> w.patience().quorum(),
              "share of slots that completes a step after the deadline; a later step computes the"
                  + " others' examples")
          .orElse(Optional.empty(), "all slots: the run fails past a deadline");

  static final Key<WorkerSettings, Duration> STALL =
      Key.of(
              "stall",
              Quantities.duration(Duration.ofSeconds(1), LONGEST),
              (WorkerSettings w) -> w.patience().stall(),
              "longest time without a completed step while steps are running; then the job restarts"
                  + " from its last checkpoint; more than the deadline")
          .orElse("deadline + 5 min", PatienceSettings::usualStall);

  static final List<Key<WorkerSettings, ?>> KEYS =
      List.of(GRACE, DEADLINE, BACKOFF, HEDGE, QUORUM, STALL);

  static PatienceSettings of(Values<WorkerSettings> values) {
    return new PatienceSettings(
        values.get(GRACE),
        values.get(DEADLINE),
        values.get(BACKOFF),
        values.get(HEDGE),
        values.get(QUORUM),
        values.get(STALL));
  }

  static void check(Reading reading) {
    atLeast(reading, DEADLINE, WorkerKeys.TIMEOUT, "timeout");
    Optional<Duration> deadline = reading.value(DEADLINE);
    Optional<Duration> stall = reading.value(STALL);
    if (deadline.isPresent() && stall.isPresent() && stall.get().compareTo(deadline.get()) <= 0) {
      reading.fault(
          STALL,
          "is "
              + Quantities.text(stall.get())
              + ", must be above deadline, "
              + Quantities.text(deadline.get()));
    }
  }

  private static void atLeast(
      Reading reading, Key<?, Duration> key, Key<?, Duration> least, String name) {
    Optional<Duration> value = reading.value(key);
    Optional<Duration> limit = reading.value(least);
    if (value.isPresent() && limit.isPresent() && value.get().compareTo(limit.get()) < 0) {
      reading.fault(
          key,
          "is "
              + Quantities.text(value.get())
              + ", must be at least "
              + name
              + ", "
              + Quantities.text(limit.get()));
    }
  }

  private static Optional<Duration> usualDeadline(Reading reading) {
    return reading
        .value(WorkerKeys.TIMEOUT)
        .map(timeout -> longer(timeout.multipliedBy(2), USUAL_DEADLINE));
  }

  private static Optional<Duration> usualStall(Reading reading) {
    return reading.value(DEADLINE).map(deadline -> deadline.plus(STALL_BEYOND_DEADLINE));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /**
   * How many slots of a step may miss the deadline.
   *
   * @param slots of the step
   */
  public int mayMiss(int slots) {
    return quorum.map(share -> slots - (int) Math.ceil(share * slots - ROUNDING)).orElse(0);
  }
}
