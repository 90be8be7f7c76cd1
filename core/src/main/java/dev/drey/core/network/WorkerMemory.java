package dev.drey.core.network;

import dev.drey.core.layer.BatchNormalization;

/**
 * How much memory a worker is resident with, in bytes: an estimate from above.
 *
 * @param process what a worker of the smallest network has: the JVM, native libraries, requests
 * @param vectors parameters and gradient
 * @param activations every layer's output and the gradient by it, for the examples that are
 *     computed at a time
 * @param data the data set, which a worker keeps whole
 */
public record WorkerMemory(long process, long vectors, long activations, long data) {

  /** Arrays of an output's size per layer: the output, and the gradient by it. */
  static final long ARRAYS = 2;

  /** The most examples that a worker ever computes at a time. */
  public static final int MAX_CHUNK = 1024;

  private static final long CHUNK_FLOATS = 1 << 24;
  private static final long PROCESS = 200L << 20;
  private static final long MEBIBYTE = 1L << 20;

  /**
   * Estimates.
   *
   * @param miniBatch examples of a request, at least 1
   * @param data bytes of the data set
   */
  public static WorkerMemory of(NetworkSpec network, int miniBatch, long data) {
    int examples = Math.min(miniBatch, chunk(network));
    return new WorkerMemory(
        PROCESS,
        Math.multiplyExact(2L * Float.BYTES, network.parameterCount()),
        Math.multiplyExact(examples * (long) Float.BYTES, floats(network)),
        data);
  }

  /**
   * The most examples that a worker computes at a time: so many that activations take at most about
   * 64 MiB, which depends on the network alone. A network with batch normalisation computes {@value
   * #MAX_CHUNK} whatever they take, since each chunk is normalised by its own statistics.
   */
  public static int chunk(NetworkSpec network) {
    if (network.nodes().stream().anyMatch(node -> node.layer() instanceof BatchNormalization)) {
      return MAX_CHUNK;
    }
    return (int) Math.max(1, Math.min(MAX_CHUNK, CHUNK_FLOATS / floats(network)));
  }

  private static long floats(NetworkSpec network) {
    long arrays = network.shapes().stream().mapToLong(NetworkSpec::size).reduce(0, Math::addExact);
    long working =
        network.nodes().stream()
            .mapToLong(node -> node.layer().workingFloats(node.inputShape()))
            .reduce(0, Math::addExact);
    return Math.addExact(Math.multiplyExact(ARRAYS, arrays), working);
  }

  /** All of it. */
  public long total() {
    return Math.addExact(Math.addExact(process, vectors), Math.addExact(activations, data));
  }

  /** All of it in MB of 2^20 bytes, rounded up: the least setting that is enough. */
  public long totalMb() {
    return (total() + MEBIBYTE - 1) / MEBIBYTE;
  }
}
