package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.operators.alarm.ManualAlarms;
import dev.drey.operators.dispatch.Attempts.Backoff;
import dev.drey.operators.dispatch.Attempts.Deadlines;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A dispatcher and all around it, in a test's own time. */
final class Dispatching {

  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final Duration GRACE = Duration.ofSeconds(2);
  static final Duration DEADLINE = Duration.ofMinutes(10);

  final ManualAlarms alarms = new ManualAlarms();
  final Permits permits;
  final TestingGate gate;

  Dispatching(int permits) {
    this(permits, TestingGate.open());
  }

  Dispatching(int permits, TestingGate gate) {
    this(new Permits(permits), gate);
  }

  Dispatching(Permits permits) {
    this(permits, TestingGate.open());
  }

  private Dispatching(Permits permits, TestingGate gate) {
    this.permits = permits;
    this.gate = gate;
  }

  /** Without hedging. */
  static Attempts attempts(int most) {
    return new Attempts(most, new Deadlines(TIMEOUT, GRACE, DEADLINE), BACKOFF, null);
  }

  static Attempts hedged(int most) {
    return new Attempts(
        most, new Deadlines(TIMEOUT, GRACE, DEADLINE), BACKOFF, new Attempts.Hedging(0.95, 3));
  }

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  Dispatcher dispatcher(TestingWorker worker, Attempts attempts) {
    return new Dispatcher(
        new RequestBuilder(Runs.WITH_TEST, "start-1"),
        attempts,
        new SharedGate(gate),
        new Sender.Workforce(worker, permits, new DispatchMetrics(new UnregisteredMetricsGroup())),
        new Dispatcher.Surroundings(alarms, alarms.clock(), new SplittableRandom(1)));
  }

  /** Lets time pass until it is there. */
  PartialSum get(CompletableFuture<Optional<PartialSum>> sum) throws Exception {
    return settle(sum).orElseThrow();
  }

  Optional<PartialSum> settle(CompletableFuture<Optional<PartialSum>> sum)
      throws InterruptedException, ExecutionException {
    alarms.ringUntil(sum::isDone);
    try {
      return sum.get(0, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("nobody will ever complete it", e);
    }
  }

  /** How many permits are free; 0 if anybody is in line. */
  int freePermits() {
    int free = 0;
    while (permits.tryAcquire()) {
      free++;
    }
    for (int i = 0; i < free; i++) {
      permits.release();
    }
    return free;
  }
}
