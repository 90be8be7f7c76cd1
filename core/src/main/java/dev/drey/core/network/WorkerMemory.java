package dev.drey.core.network;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The resident memory of a worker in bytes, estimated from above.
 *
 * @param process of a worker with the smallest network of its kind: the JVM, native libraries,
 *     requests
 * @param vectors parameters and gradient
 * @param activations every layer's output and the gradient by it, for each number of examples that
 *     are computed at a time
 * @param data the data set, which a worker keeps in memory whole
 */
public record WorkerMemory(long process, long vectors, long activations, long data) {

  /** Arrays of an output's size per layer: the output, and the gradient by it. */
  static final long ARRAYS = 2;

  /** The most examples that a worker ever computes at a time. */
  public static final int MAX_CHUNK = 1024;

  private static final long CHUNK_FLOATS = 1 << 24;

  /** Measured: 183 MB for a network of 65 parameters, 190 and 224 MB for 4 and 34 million. */
  private static final long PROCESS = 224L << 20;

  private static final long MEBIBYTE = 1L << 20;

  /** What oneDNN takes in a worker whose network has layers over images. */
  private static final long IMAGES = 40 * MEBIBYTE;

  /**
   * Estimates.
   *
   * @param miniBatch examples of a gradient's request, at least 1
   * @param evaluation examples of an evaluation's request, 0 if there is none
   * @param data bytes of the data sets
   */
  public static WorkerMemory of(NetworkSpec network, int miniBatch, int evaluation, long data) {
    return byMiniBatch(network, evaluation, data).apply(miniBatch);
  }

  /**
   * Estimates for any mini-batch: examples of a gradient's request, at least 1. Goes through the
   * network once.
   *
   * @param evaluation examples of an evaluation's request, 0 if there is none
   * @param data bytes of the data sets
   */
  public static IntFunction<WorkerMemory> byMiniBatch(
      NetworkSpec network, int evaluation, long data) {
    boolean images = network.nodes().stream().anyMatch(node -> node.inputShape().size() == 3);
    long process = images ? PROCESS + IMAGES : PROCESS;
    long vectors = Math.multiplyExact(2L * Float.BYTES, network.parameterCount());
    long bytes = Math.multiplyExact(floats(network), Float.BYTES);
    int trainingChunk = trainingChunk(network);
    int chunk = chunk(network);
    return miniBatch -> {
      Set<Integer> sizes = new HashSet<>(); // a worker keeps the arrays of each
      add(sizes, miniBatch, trainingChunk);
      add(sizes, evaluation, chunk);
      long together = sizes.stream().mapToLong(Integer::longValue).sum();
      return new WorkerMemory(process, vectors, Math.multiplyExact(together, bytes), data);
    };
  }

  private static void add(Set<Integer> sizes, int examples, int chunk) {
    sizes.add(Math.min(examples, chunk));
    sizes.add(examples % chunk);
  }

  /**
   * The most examples that a worker computes at a time: so many that activations take at most about
   * 64 MiB, which depends on the network alone.
   */
  public static int chunk(NetworkSpec network) {
    return (int) Math.max(1, Math.min(MAX_CHUNK, CHUNK_FLOATS / floats(network)));
  }

  /**
   * The most examples that a worker computes at a time for a gradient: with batch normalisation
   * {@value #MAX_CHUNK}, whatever they take, since each chunk is normalised by its own statistics;
   * else as many as otherwise.
   */
  public static int trainingChunk(NetworkSpec network) {
    return network.nodes().stream().anyMatch(node -> node.layer().mixesExamples())
        ? MAX_CHUNK
        : chunk(network);
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
