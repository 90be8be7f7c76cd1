package dev.drey.operators.dispatch;

import dev.drey.core.work.Round;
import dev.drey.core.worker.WorkResult;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a second request beside one that takes much longer than recent ones did, as in The Tail at
 * Scale (Dean and Barroso, 2013). Thread-safe.
 */
final class Hedger implements Sending {

  /** No request is hedged sooner: below this, differences in duration are noise. */
  private static final Duration SOONEST = Duration.ofMillis(50);

  private final Attempts.Hedging hedging;
  private final Sender sender;
  private final Alarms alarms;
  private final DispatchMetrics metrics;
  private final Map<Round.Kind, Latencies> latencies = new EnumMap<>(Round.Kind.class);

  Hedger(Attempts.Hedging hedging, Sender sender, Alarms alarms, DispatchMetrics metrics) {
    this.hedging = hedging;
    this.sender = sender;
    this.alarms = alarms;
    this.metrics = metrics;
    for (Round.Kind kind : Round.Kind.values()) {
      latencies.put(kind, new Latencies(hedging.quantile()));
    }
    metrics.softDeadline(
        () -> softDeadline(Round.Kind.TRAINING).map(Duration::toMillis).orElse(0L));
  }

  /** The time after which an attempt is hedged; empty while too few durations are known. */
  Optional<Duration> softDeadline(Round.Kind kind) {
    return latencies
        .get(kind)
        .atQuantile()
        .map(d -> Duration.ofNanos((long) (hedging.factor() * d.toNanos())))
        .map(d -> d.compareTo(SOONEST) < 0 ? SOONEST : d);
  }

  @Override
  public CompletableFuture<WorkResult> send(Call call) {
    return new HedgedCall(call, this).send();
  }

  @Override
  public void again() {
    sender.again();
  }

  Sender sender() {
    return sender;
  }

  Alarms alarms() {
    return alarms;
  }

  DispatchMetrics metrics() {
    return metrics;
  }

  /** Records how long a successful attempt took. */
  void took(Round.Kind kind, long nanos) {
    latencies.get(kind).add(nanos);
  }
}
