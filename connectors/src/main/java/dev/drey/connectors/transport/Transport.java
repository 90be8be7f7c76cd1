package dev.drey.connectors.transport;

import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into the bytes of its message, and the bytes of an answer into its result:
 * chooses what goes inside a message and what into a store, and proves that the answer belongs to
 * the request. Thread-safe.
 */
public final class Transport implements AutoCloseable {

  private final RequestWriter writer;
  private final AnswerReader reader;

  /**
   * Opens the store of results, if the settings name one.
   *
   * @param store of the weights that requests refer to; stays the caller's to close
   * @throws IOException if no store has the scheme of the place of results
   */
  public Transport(TransportSettings settings, Store store) throws IOException {
    this.writer = new RequestWriter(settings, store);
    URI results = settings.results();
    this.reader =
        new AnswerReader(
            results == null ? null : new StoredResults(JobStores.open(results), System::nanoTime));
  }

  /**
   * The request's message.
   *
   * @throws WorkerException BAD_CALL if it cannot be made to fit; UNAVAILABLE if weights cannot be
   *     fetched
   */
  public byte[] encode(WorkRequest request) throws WorkerException {
    return writer.write(request);
  }

  /**
   * The result that an answer holds.
   *
   * @param reported what the service says that the call cost; null where it says nothing: then it
   *     is what the worker says, in whole milliseconds, rounded up
   * @throws WorkerException BAD_ANSWER if it does not belong to this request; NOT_FINITE if a value
   *     of its result is NaN or infinite; if it is a refusal, the kind that its reason stands for
   */
  public WorkResult decode(WorkRequest request, byte[] answer, @Nullable Bill reported)
      throws WorkerException {
    return reader.read(request, answer, reported);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
