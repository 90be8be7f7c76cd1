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
 * Tries again for as long as there is sense in it: where the service is to blame until the errand
 * is over, where the examples may be so many times, where the request is never. Thread-safe.
 */
final class Retries {

  private final Attempts attempts;
  private final Sending whole;
  private final Sending single;
  private final Alarms alarms;
  private final RandomGenerator random;

  /**
   * @param whole sends what a slot is to compute
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
   * @return fails with the last {@link WorkerException}, or as the gate that was asked for weights
   */
  CompletableFuture<WorkResult> compute(Batch examples, AttemptWeights weights, Errand errand) {
    return new Series(examples, attempts.most(), whole, weights, errand).answer();
  }

  /** As {@link #compute}, until the examples fail for the first time. */
  CompletableFuture<WorkResult> probe(Batch examples, AttemptWeights weights, Errand errand) {
    return new Series(examples, 1, single, weights, errand).answer();
  }

  private final class Series {
    private final Batch examples;
    private final int most;
    private final Sending sending;
    private final AttemptWeights weights;
    private final Errand errand;
    private final CompletableFuture<WorkResult> answer = new CompletableFuture<>();
    private int failures;
    private int blamed;

    Series(Batch examples, int most, Sending sending, AttemptWeights weights, Errand errand) {
      this.examples = examples;
      this.most = most;
      this.sending = sending;
      this.weights = weights;
      this.errand = errand;
    }

    CompletableFuture<WorkResult> answer() {
      send();
      return answer;
    }

    private void send() {
      var unused =
          sending
              .send(new Sending.Call(examples, weights.now(), errand))
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
      if (!failure.kind().retryable() || blamed >= most || errand.isOver()) {
        answer.completeExceptionally(failure);
        return;
      }
      alarms.after(attempts.backoff().after(failures, random), () -> renewed(failure));
    }

    private void renewed(WorkerException failure) {
      if (errand.isOver()) {
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
