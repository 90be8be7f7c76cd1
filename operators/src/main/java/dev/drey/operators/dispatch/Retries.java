package dev.drey.operators.dispatch;

import dev.drey.core.data.Batch;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Blame;
import dev.drey.operators.alarm.Alarms;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/**
 * Repeats failed attempts: until the slot's time is over if the service is to blame, a limited
 * number of times if the examples may be, never if the request is. Thread-safe.
 */
final class Retries {

  private final Attempts attempts;
  private final Sending whole;
  private final Sending single;
  private final Alarms alarms;
  private final RandomGenerator random;

  /**
   * @param whole sends the examples of slots
   * @param single sends probes
   * @param random of the backoff; thread-safe
   */
  Retries(Attempts attempts, Sending whole, Sending single, Alarms alarms, RandomGenerator random) {
    this.attempts = attempts;
    this.whole = whole;
    this.single = single;
    this.alarms = alarms;
    this.random = random;
  }

  /**
   * Computes the examples of a slot.
   *
   * @return fails with the last {@link WorkerException}, or as the gate does when it is asked for
   *     weights
   */
  CompletableFuture<WorkResult> compute(
      Batch examples, AttemptWeights weights, CallAccount account) {
    return new Series(examples, attempts.most(), whole, weights, account).answer();
  }

  /** As {@link #compute}, until the examples fail for the first time. */
  CompletableFuture<WorkResult> probe(Batch examples, AttemptWeights weights, CallAccount account) {
    return new Series(examples, 1, single, weights, account).answer();
  }

  private final class Series {
    private final Batch examples;
    private final int most;
    private final Sending sending;
    private final AttemptWeights weights;
    private final CallAccount account;
    private final CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    private int failures;
    private int blamed;

    Series(Batch examples, int most, Sending sending, AttemptWeights weights, CallAccount account) {
      this.examples = examples;
      this.most = most;
      this.sending = sending;
      this.weights = weights;
      this.account = account;
    }

    CompletableFuture<WorkResult> answer() {
      send();
      return answer;
    }

    private void send() {
      var unused =
          sending
              .send(new Sending.Call(examples, weights.now(), account))
              .whenComplete(
                  (result, thrown) -> {
                    if (thrown == null) {
                      answer.complete(result);
                    } else {
                      failed((WorkerException) thrown);
                    }
                  });
    }

    private void failed(WorkerException failure) {
      failures++;
      if (failure.kind().blame() == Blame.EXAMPLES) {
        blamed++;
      }
      if (!failure.kind().retryable() || blamed >= most || account.isOver()) {
        answer.completeExceptionally(failure);
        return;
      }
      alarms.after(attempts.backoff().after(failures, random), () -> renewed(failure));
    }

    private void renewed(WorkerException failure) {
      if (account.isOver()) {
        answer.completeExceptionally(failure);
        return;
      }
      var unused =
          weights
              .after(failure)
              .whenComplete(
                  (fresh, thrown) -> {
                    if (thrown == null) {
                      sending.again();
                      send();
                    } else {
                      answer.completeExceptionally(
                          thrown instanceof CompletionException ? thrown.getCause() : thrown);
                    }
                  });
    }
  }
}
