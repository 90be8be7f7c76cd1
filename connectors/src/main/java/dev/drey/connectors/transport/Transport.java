package dev.drey.connectors.transport;

import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.store.WeightStore;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of a request, and a result out of the bytes of its answer: chooses what goes
 * inside the message and what beside it, and proves that the answer is one to the request.
 * Thread-safe.
 */
public final class Transport {

  private final RequestWriter writer;
  private final AnswerReader reader;

  /**
   * Over the ways of the settings.
   *
   * @param store where references to weights point; stays the caller's to close
   */
  public Transport(TransportSettings settings, WeightStore store, Clock clock) {
    this.writer = new RequestWriter(settings, store);
    URI results = settings.results();
    this.reader =
        new AnswerReader(results == null ? null : new ResultFiles(Path.of(results), clock));
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
   * @throws WorkerException BAD_ANSWER if it is not one to this request; NOT_FINITE if a value of
   *     its result is NaN or infinite; if it is a refusal, the kind that goes with its reason
   */
  public WorkResult decode(WorkRequest request, byte[] answer, @Nullable Bill reported)
      throws WorkerException {
    return reader.read(request, answer, reported);
  }
}
