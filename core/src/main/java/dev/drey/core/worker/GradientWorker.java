package dev.drey.core.worker;

import dev.drey.core.protocol.WorkRequest;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/**
 * The port to remote workers: sends a request, and returns the answer asynchronously. Thread-safe;
 * calls do not block.
 *
 * <p>A call makes exactly one attempt; retries and hedging are the caller's.
 */
public interface GradientWorker extends AutoCloseable {

  /**
   * Sends a request.
   *
   * @return completed on an arbitrary thread; a failure is a {@link WorkerException}. Cancelling it
   *     abandons the answer
   */
  CompletableFuture<WorkResult> compute(WorkRequest request);

  @Override
  void close();

  /** Opens the port in the operator's process. */
  interface Provider extends Serializable {
    GradientWorker open() throws Exception;
  }
}
