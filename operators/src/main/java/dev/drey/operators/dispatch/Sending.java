package dev.drey.operators.dispatch;

import dev.drey.core.data.Batch;
import dev.drey.core.protocol.Weights;
import dev.drey.core.worker.WorkResult;
import java.util.concurrent.CompletableFuture;

/** A way to have examples computed once. Thread-safe. */
interface Sending {

  /**
   * Sends a call off.
   *
   * @return completed on any thread; on failure with a {@link
   *     dev.drey.core.worker.WorkerException}. What was paid is on the errand by then
   */
  CompletableFuture<WorkResult> send(Call call);

  /** Told before a call is sent that takes the place of one that failed. */
  void again();

  /**
   * What a worker is to do.
   *
   * @param examples to compute
   * @param weights to compute with
   * @param errand that it belongs to
   */
  record Call(Batch examples, Weights weights, Errand errand) {}
}
