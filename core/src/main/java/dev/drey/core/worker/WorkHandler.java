package dev.drey.core.worker;

/**
 * A worker seen from inside: the bytes of a request in, the bytes of an answer out ({@code
 * docs/worker-protocol.md}). One thread per instance; what it caches, it caches for all instances
 * of the process. Found through {@link java.util.ServiceLoader}.
 */
public interface WorkHandler {

  /** Answers a request. A request that cannot be served is answered with a refusal, not thrown. */
  byte[] handle(byte[] request);
}
