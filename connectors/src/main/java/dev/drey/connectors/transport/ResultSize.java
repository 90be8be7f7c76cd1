package dev.drey.connectors.transport;

import dev.drey.core.protocol.WorkRequest;

/** The length of a request's result. */
final class ResultSize {

  private ResultSize() {}

  /** One float per parameter for a gradient, one per output and example for a prediction. */
  static long floats(WorkRequest request) {
    return switch (request.id().task()) {
      case GRADIENT -> request.weights().count();
      case EVALUATION -> 0;
      case PREDICTION -> (long) request.examples().count() * request.network().outputWidth();
    };
  }
}
