package dev.drey.connectors.transport;

import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;

/** Writes the messages of requests, with their weights inline or by reference. Thread-safe. */
final class RequestWriter {

  private final TransportSettings settings;
  private final InlineWeights inlineWeights;

  RequestWriter(TransportSettings settings, Store store) {
    this.settings = settings;
    this.inlineWeights = new InlineWeights(store);
  }

  /**
   * The request's message.
   *
   * @throws WorkerException BAD_CALL if it cannot be made to fit; UNAVAILABLE if weights cannot be
   *     fetched
   */
  byte[] write(WorkRequest request) throws WorkerException {
    checkFits(request);
    Weights weights = request.weights();
    if (!isByReference(request)) {
      try {
        weights = inlineWeights.inline(weights);
      } catch (IOException e) {
        throw new WorkerException(
            WorkerException.Kind.UNAVAILABLE,
            "weights of version " + weights.version() + " cannot be fetched: " + e.getMessage(),
            Bill.NOTHING,
            e);
      }
    }
    byte[] message =
        ProtocolJson.encode(
            new WorkRequest(
                request.id(),
                request.lease(),
                request.network(),
                weights,
                request.examples(),
                new WorkRequest.Transport(settings.inlineBytes(), settings.results()),
                request.kernels(),
                request.seed()));
    if (message.length > ProtocolJson.MAX_MESSAGE_BYTES) {
      throw tooLarge("the request", message.length, ProtocolJson.MAX_MESSAGE_BYTES);
    }
    return message;
  }

  private void checkFits(WorkRequest request) throws WorkerException {
    long weights = weightBytes(request);
    if (!settings.reachable() && weights > TransportSettings.MAX_INLINE_BYTES) {
      throw tooLarge(
          "weights of " + request.weights().count() + " parameters",
          weights,
          TransportSettings.MAX_INLINE_BYTES);
    }
    long result = request.resultFloats() * Float.BYTES;
    if (settings.results() == null && result > TransportSettings.MAX_INLINE_BYTES) {
      throw tooLarge("the result", result, TransportSettings.MAX_INLINE_BYTES);
    }
  }

  private static WorkerException tooLarge(String what, long bytes, long limit) {
    return new WorkerException(
        WorkerException.Kind.BAD_CALL,
        what
            + " has "
            + bytes
            + " bytes, at most "
            + limit
            + " fit into a message, and there is no store that both sides reach",
        Bill.NOTHING,
        null);
  }

  private boolean isByReference(WorkRequest request) {
    return settings.reachable() && weightBytes(request) > settings.inlineBytes();
  }

  private static long weightBytes(WorkRequest request) {
    return (long) request.weights().count() * Float.BYTES;
  }
}
