package dev.drey.operators.dispatch;

import dev.drey.core.data.Task;
import dev.drey.core.worker.WorkResult;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends a second request beside one that takes much longer than others did lately: the tail at
 * scale (Dean and Barroso, 2013). Thread-safe.
 */
final class Hedger implements Sending {

  /** Below this, what looks late is noise. */
  private static final Duration SOONEST = Duration.ofMillis(50);

  private final Attempts.Hedging hedging;
  private final Sender sender;
  private final Alarms alarms;
  private final DispatchMetrics metrics;
  private final Map<Task, Latencies> latencies;

  Hedger(Attempts.Hedging hedging, Sender sender, Alarms alarms, DispatchMetrics metrics) {
    this.hedging = hedging;
    this.sender = sender;
    this.alarms = alarms;
    this.metrics = metrics;
    this.latencies =
        Stream.of(Task.values())
            .collect(
                Collectors.toMap(Function.identity(), task -> new Latencies(hedging.quantile())));
    metrics.softDeadline(() -> softDeadline(Task.GRADIENT).map(Duration::toMillis).orElse(0L));
  }

  /** The time after which an attempt is hedged; empty while too few are known. */
  Optional<Duration> softDeadline(Task task) {
    return latencies
        .get(task)
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

  /** A good answer came after so long. */
  void took(Task task, long nanos) {
    latencies.get(task).add(nanos);
  }
}
