package dev.drey.core.worker;

import dev.drey.core.protocol.WorkRequest;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/**
 * Does one bounded piece of work per call, somewhere else. Thread-safe; calls return at once.
 *
 * <p>An implementation makes one attempt: it neither retries nor hedges, which is the caller's to
 * decide.
 */
public interface GradientWorker extends AutoCloseable {

  /**
   * Sends the request off.
   *
   * @return completed on any thread; on failure with a {@link WorkerException}. Cancelling it gives
   *     the answer up
   */
  CompletableFuture<WorkResult> compute(WorkRequest request);

  @Override
  void close();

  /** Opens a worker where the operator runs. */
  interface Provider extends Serializable {
    GradientWorker open() throws Exception;
  }
}
