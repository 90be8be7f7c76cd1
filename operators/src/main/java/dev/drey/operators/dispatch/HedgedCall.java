package dev.drey.operators.dispatch;

import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Blame;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request, and a second one once the first is late and a permit is free. The first successful
 * answer counts; a failure counts only when no other request is in flight. An answer that comes too
 * late is ignored: its permit is released and its bill is added to the account. Thread-safe.
 */
final class HedgedCall {

  private final Sending.Call call;
  private final Hedger hedger;
  private final CompletableFuture<WorkResult> answer = new CompletableFuture<>();

  private int running = 1;
  private @Nullable WorkerException failure;
  private Alarms.Alarm alarm = () -> {};
  private volatile long sent;

  HedgedCall(Sending.Call call, Hedger hedger) {
    this.call = call;
    this.hedger = hedger;
  }

  CompletableFuture<WorkResult> send() {
    var unused =
        hedger
            .sender()
            .send(call, this::sent)
            .whenComplete((result, thrown) -> ended(result, thrown, sent, false));
    return answer;
  }

  private void sent() {
    sent = hedger.alarms().nanoTime();
    hedger.softDeadline(call.examples().round().kind()).ifPresent(this::wakeAfter);
  }

  private synchronized void wakeAfter(Duration softDeadline) {
    if (isOpen()) {
      alarm = hedger.alarms().after(softDeadline, () -> hedge(softDeadline));
    }
  }

  private synchronized boolean isOpen() {
    return running > 0 && !answer.isDone() && !call.account().isOver();
  }

  private void hedge(Duration softDeadline) {
    synchronized (this) {
      if (!isOpen()) {
        return;
      }
      running++;
    }
    long now = hedger.alarms().nanoTime();
    hedger
        .sender()
        .sendAtOnce(call)
        .ifPresentOrElse(
            second -> {
              hedger.metrics().hedged();
              var unused =
                  second.whenComplete((result, thrown) -> ended(result, thrown, now, true));
            },
            () -> {
              failed(null);
              wakeAfter(softDeadline);
            });
  }

  private void ended(
      @Nullable WorkResult result, @Nullable Throwable thrown, long since, boolean second) {
    if (result == null) {
      failed((WorkerException) thrown);
      return;
    }
    hedger.took(call.examples().round().kind(), hedger.alarms().nanoTime() - since);
    synchronized (this) {
      running--;
      alarm.cancel();
    }
    if (answer.complete(result) && second) {
      hedger.metrics().hedgeWon();
    }
  }

  /**
   * One request less is in flight.
   *
   * @param reason null if it was never sent, for lack of a permit
   */
  private void failed(@Nullable WorkerException reason) {
    WorkerException reported;
    synchronized (this) {
      running--;
      // A failure that the examples may have caused says more than that the service was busy.
      if (failure == null || (reason != null && reason.kind().blame() != Blame.SERVICE)) {
        failure = reason;
      }
      if (running > 0 || failure == null) {
        return;
      }
      alarm.cancel();
      reported = failure;
    }
    answer.completeExceptionally(reported);
  }
}
