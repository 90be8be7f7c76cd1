package dev.drey.core.worker;

/**
 * The worker's side of the protocol: computes the bytes of an answer from those of a request
 * ({@code docs/worker-protocol.md}). One thread at a time per instance. Implementations are found
 * by {@link java.util.ServiceLoader}.
 */
public interface WorkHandler {

  /** Answers a request; one that cannot be served is answered with a refusal, not an exception. */
  byte[] handle(byte[] request);
}
