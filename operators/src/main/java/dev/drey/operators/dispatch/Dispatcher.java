package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.data.MiniBatch;
import dev.drey.core.data.Task;
import dev.drey.core.parameters.Range;
import dev.drey.core.parameters.Slice;
import dev.drey.core.protocol.Weights;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.coordination.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Gets the sum of one slot: waits for the version it needs, for a permit, sends it to a worker, and
 * sends it again when that failed. Thread-safe; nothing here blocks.
 */
final class Dispatcher {

  /** How long after the deadline an answer is still waited for: it may be under way. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final RequestBuilder requests;
  private final Attempts attempts;
  private final SharedGate gate;
  private final GradientWorker worker;
  private final Permits permits;
  private final DispatchMetrics metrics;
  private final Clock clock;
  private final RandomGenerator random;
  private final Slice zeros;

  Dispatcher(
      RequestBuilder requests,
      Attempts attempts,
      SharedGate gate,
      Workforce workforce,
      Clock clock,
      RandomGenerator random) {
    this.requests = requests;
    this.attempts = attempts;
    this.gate = gate;
    this.worker = workforce.worker();
    this.permits = workforce.permits();
    this.metrics = workforce.metrics();
    this.clock = clock;
    this.random = random;
    this.zeros = Slice.of(new float[requests.parameters()]);
  }

  /** Workers, how many may be busy at once, and what is counted of them. */
  record Workforce(GradientWorker worker, Permits permits, DispatchMetrics metrics) {}

  /**
   * Computes a mini-batch.
   *
   * @return the slot's sum, or empty if the run stops before it; fails with a {@link
   *     SlotFailedException}. Completed on any thread
   */
  CompletableFuture<Optional<PartialSum>> dispatch(MiniBatch miniBatch) {
    return attempt(new Slot(miniBatch, 0, 0, Tally.ZERO));
  }

  /** A mini-batch and what its attempts came to so far. */
  private record Slot(MiniBatch miniBatch, int failed, int throttled, Tally cost) {

    int attempt() {
      return failed + throttled + 1;
    }

    Slot after(WorkerException failure) {
      boolean throttle = failure.kind() == WorkerException.Kind.THROTTLED;
      return new Slot(
          miniBatch,
          failed + (throttle ? 0 : 1),
          throttled + (throttle ? 1 : 0),
          cost.plus(throttle ? Tally.ZERO : price(failure.bill())));
    }

    private static Tally price(Bill bill) {
      return new Tally(0, 0, 0, 1, bill.coldStart() ? 1 : 0, bill.billedMillis());
    }
  }

  private CompletableFuture<Optional<PartialSum>> attempt(Slot slot) {
    MiniBatch miniBatch = slot.miniBatch;
    return gate.await(new Round(miniBatch.task(), miniBatch.step()))
        .thenCompose(
            admission -> {
              if (!(admission instanceof Admission.Admitted admitted)) {
                metrics.stopped();
                return CompletableFuture.completedFuture(Optional.empty());
              }
              if (miniBatch.rows().length == 0) {
                return CompletableFuture.completedFuture(
                    Optional.of(sum(miniBatch, Tally.ZERO, zeros)));
              }
              return invoke(slot, admitted.weights());
            });
  }

  private CompletableFuture<Optional<PartialSum>> invoke(Slot slot, Weights weights) {
    CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    metrics.waiting(1);
    long admitted = metrics.now();
    permits.acquire(
        () -> {
          metrics.waiting(-1);
          metrics.sent(admitted);
          long sent = metrics.now();
          long lease = clock.millis() + attempts.deadline().toMillis();
          var unused =
              send(slot, weights, lease)
                  .whenComplete(
                      (result, failure) -> {
                        metrics.answered(sent);
                        permits.release();
                        if (failure == null) {
                          answer.complete(result);
                        } else {
                          answer.completeExceptionally(failure);
                        }
                      });
        });
    return answer
        .thenApply(result -> Optional.of(answered(slot, result)))
        .exceptionallyCompose(failure -> again(slot, workerException(failure)));
  }

  private CompletableFuture<WorkResult> send(Slot slot, Weights weights, long lease) {
    try {
      return worker
          .compute(requests.build(slot.miniBatch, slot.attempt(), weights, lease))
          .orTimeout(attempts.deadline().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (Throwable e) { // an error too: the permit must come back
      return CompletableFuture.failedFuture(e);
    }
  }

  private PartialSum answered(Slot slot, WorkResult result) {
    Tally cost = slot.cost.plus(Slot.price(result.bill()));
    Tally tally =
        new Tally(
            result.answer().examples(),
            result.answer().lossSum(),
            result.answer().correct(),
            cost.invocations(),
            cost.coldStarts(),
            cost.billedMillis());
    PartialSum sum;
    try {
      sum = sum(slot.miniBatch, tally, Slice.of(result.values()));
    } catch (IllegalArgumentException e) {
      throw new CompletionException(
          new WorkerException(
              WorkerException.Kind.BAD_ANSWER, String.valueOf(e.getMessage()), result.bill(), e));
    }
    metrics.billed(result.bill());
    metrics.done(result.answer());
    return sum;
  }

  private PartialSum sum(MiniBatch miniBatch, Tally tally, Slice values) {
    boolean gradient = miniBatch.task() == Task.GRADIENT;
    return new PartialSum(
        new Round(miniBatch.task(), miniBatch.step()),
        new Range(0, gradient ? requests.parameters() : 0),
        new Range(miniBatch.slot(), miniBatch.slot() + 1),
        tally,
        gradient ? values : Slice.EMPTY);
  }

  private CompletableFuture<Optional<PartialSum>> again(Slot slot, WorkerException failure) {
    metrics.failed(failure);
    gate.forget(new Round(slot.miniBatch.task(), slot.miniBatch.step()));
    Slot next = slot.after(failure);
    Optional<Duration> backoff =
        attempts.backoff(failure.kind(), next.failed, next.throttled, random);
    if (backoff.isEmpty()) {
      return CompletableFuture.failedFuture(
          new SlotFailedException(slot.miniBatch, slot.attempt(), failure));
    }
    return CompletableFuture.supplyAsync(
            () -> next,
            CompletableFuture.delayedExecutor(backoff.get().toMillis(), TimeUnit.MILLISECONDS))
        .thenCompose(this::attempt);
  }

  private static WorkerException workerException(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WorkerException worker) {
      return worker;
    }
    WorkerException.Kind kind =
        cause instanceof TimeoutException
            ? WorkerException.Kind.TIMED_OUT
            : WorkerException.Kind.UNAVAILABLE;
    return new WorkerException(kind, String.valueOf(cause), Bill.NOTHING, cause);
  }
}
