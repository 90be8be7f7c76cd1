package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.alarm.Alarms;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends single requests, each with a permit and a deadline. Thread-safe; nothing here blocks. */
final class Sender implements Sending {

  private final RequestBuilder requests;
  private final Attempts.Deadlines deadlines;
  private final GradientWorker worker;
  private final Permits permits;
  private final DispatchMetrics metrics;
  private final Alarms alarms;
  private final Clock clock;
  private final AbandonedCalls abandoned;

  /** When the calls in flight were sent. */
  private final Map<Object, Long> inFlight = new ConcurrentHashMap<>();

  /**
   * @param clock of leases
   */
  Sender(
      RequestBuilder requests,
      Attempts.Deadlines deadlines,
      Workforce workforce,
      Alarms alarms,
      Clock clock) {
    this.requests = requests;
    this.deadlines = deadlines;
    this.worker = workforce.worker();
    this.permits = workforce.permits();
    this.metrics = workforce.metrics();
    this.alarms = alarms;
    this.clock = clock;
    this.abandoned = new AbandonedCalls(alarms, deadlines.attempt());
  }

  /** Workers, permits for those that may be busy at once, and the metrics. */
  record Workforce(GradientWorker worker, Permits permits, DispatchMetrics metrics) {}

  @Override
  public CompletableFuture<WorkResult> send(Call call) {
    return send(call, () -> {});
  }

  @Override
  public void again() {
    metrics.retried();
  }

  /**
   * Sends as soon as there is a permit.
   *
   * @param sent run right before
   */
  CompletableFuture<WorkResult> send(Call call, Runnable sent) {
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    metrics.waiting(1);
    long from = metrics.now();
    permits.acquire(
        () -> {
          metrics.waiting(-1);
          metrics.permitted(from);
          sent.run();
          run(call, answer);
        });
    return answer;
  }

  /** Sends if a permit is free. */
  Optional<CompletableFuture<WorkResult>> sendAtOnce(Call call) {
    if (!permits.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    run(call, answer);
    return Optional.of(answer);
  }

  private void run(Call call, CompletableFuture<WorkResult> answer) {
    if (call.account().isOver()) {
      permits.release();
      answer.completeExceptionally(timedOut("the slot's time was over before it was sent"));
      return;
    }
    metrics.sent(requests.parameters(), call.examples().step() - call.weights().version());
    long from = metrics.now();
    Duration left = call.account().left();
    CompletableFuture<WorkResult> ended = new CompletableFuture<>();
    Alarms.Alarm alarm = alarms.after(limit(left), () -> giveUp(ended, limit(left)));
    Object ticket = new Object();
    inFlight.put(ticket, alarms.nanoTime());
    CompletableFuture<WorkResult> working = compute(call, shorter(deadlines.attempt(), left));
    var unusedEnd =
        ended.whenComplete(
            (result, failure) -> {
              inFlight.remove(ticket);
              alarm.cancel();
              working.cancel(true);
              metrics.answered(from);
              settle(call, answer, result, failure);
            });
    var unusedAnswer =
        working.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                ended.complete(result);
              } else {
                ended.completeExceptionally(failure);
              }
            });
  }

  /**
   * What the calls in flight have cost so far, if they were billed from when they were sent: nobody
   * will wait for their bills.
   */
  Tally unbilled() {
    List<Long> sent = List.copyOf(inFlight.values());
    long nanos = sent.stream().mapToLong(since -> alarms.nanoTime() - since).sum();
    return new Tally(0, 0, 0, sent.size(), 0, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private Duration limit(Duration left) {
    return shorter(deadlines.attempt().plus(deadlines.grace()), left);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private void giveUp(CompletableFuture<WorkResult> ended, Duration waited) {
    abandoned.add();
    ended.completeExceptionally(timedOut("no answer within " + waited.toMillis() + " ms"));
  }

  private static WorkerException timedOut(String message) {
    return new WorkerException(Kind.TIMED_OUT, message, Bill.NOTHING, null);
  }

  private CompletableFuture<WorkResult> compute(Call call, Duration lease) {
    try {
      return worker.compute(
          requests.build(
              call.examples(),
              call.account().nextAttempt(),
              call.weights(),
              clock.millis() + lease.toMillis()));
    } catch (Throwable e) { // an error too: the permit must come back
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Charges the call, then releases the permit, then completes the answer. */
  private void settle(
      Call call,
      CompletableFuture<WorkResult> answer,
      @Nullable WorkResult result,
      @Nullable Throwable thrown) {
    WorkerException failure =
        result == null ? workerException(thrown) : wrongLength(call, result).orElse(null);
    Bill bill = result == null ? paid(workerException(thrown)) : result.bill();
    metrics.billed(bill);
    if (failure == null || failure.kind() != Kind.THROTTLED) { // a throttled call never ran
      call.account().pay(bill);
    } else {
      call.account().pause(abandoned.left());
    }
    if (failure == null) {
      metrics.done(result.answer());
      metrics.received(result.values().length);
      permits.release();
      answer.complete(result);
    } else {
      metrics.failed(failure.kind());
      call.account().failed(failure);
      permits.release();
      answer.completeExceptionally(failure);
    }
  }

  private Optional<WorkerException> wrongLength(Call call, WorkResult result) {
    int values = result.values().length;
    if (!call.examples().round().isTraining() || values == requests.parameters()) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkerException(
            Kind.BAD_ANSWER,
            "the gradient has " + values + " values, must have " + requests.parameters(),
            result.bill(),
            null));
  }

  /** A call that hangs is billed until the function's timeout, even if no bill arrives. */
  private Bill paid(WorkerException failure) {
    return failure.kind() == Kind.TIMED_OUT && failure.bill().equals(Bill.NOTHING)
        ? new Bill(deadlines.attempt().toMillis(), false)
        : failure.bill();
  }

  private static WorkerException workerException(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof WorkerException worker) {
      return worker;
    }
    // A missing class will not appear later.
    Kind kind = cause instanceof LinkageError ? Kind.BAD_CALL : Kind.UNAVAILABLE;
    return new WorkerException(kind, String.valueOf(cause), Bill.NOTHING, cause);
  }
}
