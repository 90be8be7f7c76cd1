package dev.drey.operators.dispatch;

import dev.drey.core.data.Batch;
import dev.drey.core.protocol.Weights;
import dev.drey.core.worker.WorkResult;
import java.util.concurrent.CompletableFuture;

/** Has a worker compute examples once. Thread-safe. */
interface Sending {

  /**
   * Sends a call.
   *
   * @return completed on any thread; on failure with a {@link
   *     dev.drey.core.worker.WorkerException}. What it cost is added to the account by then
   */
  CompletableFuture<WorkResult> send(Call call);

  /** Called before a call is sent that repeats one that failed. */
  void again();

  /**
   * One call of a worker.
   *
   * @param examples to compute
   * @param weights to compute with
   * @param account of the slot
   */
  record Call(Batch examples, Weights weights, CallAccount account) {}
}
