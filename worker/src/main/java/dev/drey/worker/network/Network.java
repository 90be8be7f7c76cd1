package dev.drey.worker.network;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.Node;
import dev.drey.core.network.TensorSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.worker.layer.Pass;
import dev.drey.worker.loss.BatchScore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network compiled to preallocated off-heap arrays: its parameters and its gradient are one flat
 * vector each. The same examples and parameters give the same bits in every instance on one
 * machine. One thread at a time; instances share nothing.
 *
 * <p>Examples are computed in chunks whose size depends on the network alone, so that activations
 * take at most about 64 MiB; arrays for the last {@value #BATCH_SIZES} chunk sizes are kept. A
 * network with batch normalisation computes gradients of {@value WorkerMemory#MAX_CHUNK} examples
 * at a time whatever they take, since each chunk is normalised by its own statistics. Likewise each
 * slot of a step is normalised by its own examples, not by all of the step's, as in PyTorch's data
 * parallelism; the statistics that the slots send are averaged.
 */
public final class Network implements AutoCloseable {

  private static final int BATCH_SIZES = 4;

  private final NetworkSpec spec;
  private final int chunk;
  private final int trainingChunk;
  private final INDArray parameters;
  private final INDArray gradient;
  private final Map<Integer, CompiledBatch> batches =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, CompiledBatch> eldest) {
          boolean removed = size() > BATCH_SIZES;
          if (removed) {
            eldest.getValue().close();
          }
          return removed;
        }
      };

  private Network(NetworkSpec spec) {
    this.spec = spec;
    this.chunk = WorkerMemory.chunk(spec);
    this.trainingChunk = WorkerMemory.trainingChunk(spec);
    this.parameters = Nd4j.zeros(DataType.FLOAT, spec.parameterCount());
    this.gradient = Nd4j.zeros(DataType.FLOAT, spec.parameterCount());
  }

  /** Allocates a network with all parameters zero. */
  public static Network compile(NetworkSpec spec) {
    NativeCode.load();
    oneThread();
    return new Network(spec);
  }

  public NetworkSpec spec() {
    return spec;
  }

  /** The parameters' own memory, little-endian: the next computation uses what is written here. */
  public ByteBuffer parameters() {
    return bytes(parameters);
  }

  /** The gradient's own memory, little-endian: overwritten by the next {@link #gradient}. */
  public ByteBuffer gradientBytes() {
    return bytes(gradient);
  }

  /** The name of the first tensor whose parameters are not all finite; empty if there is none. */
  public Optional<String> parametersNotFinite() {
    return Finite.all(parameters) ? Optional.empty() : notFinite(parameters, spec.nodes());
  }

  /**
   * The name of a tensor whose gradient is not finite: of several layers it is the last one's,
   * which was computed first and may have spoiled the others; empty if there is none.
   */
  public Optional<String> gradientNotFinite() {
    if (Finite.all(gradient)) {
      return Optional.empty();
    }
    List<Node> backwards = new ArrayList<>(spec.nodes());
    Collections.reverse(backwards);
    return notFinite(gradient, backwards);
  }

  /**
   * The name of the first layer whose output for these examples is not finite; empty if there is
   * none. Computes them once more.
   *
   * @param seed of the random numbers; empty for an evaluation
   */
  public Optional<String> outputNotFinite(ExampleFeed feed, OptionalLong seed) {
    int size = seed.isPresent() ? trainingChunk : chunk;
    for (int from = 0; from < feed.count(); from += size) {
      Pass pass = seed.isPresent() ? Pass.training(seed.getAsLong(), from) : Pass.INFERENCE;
      Optional<String> layer = batch(feed, from, size).outputNotFinite(feed, from, pass);
      if (layer.isPresent()) {
        return layer;
      }
    }
    return Optional.empty();
  }

  /**
   * Computes the gradient of the summed loss, to be read from {@link #gradientBytes}.
   *
   * @param seed of the layers' random numbers
   */
  public BatchScore gradient(ExampleFeed feed, long seed) {
    if (feed.count() == 0) {
      gradient.assign(0);
      return BatchScore.NONE;
    }
    BatchScore score = BatchScore.NONE;
    for (int from = 0; from < feed.count(); from += trainingChunk) {
      score = score.plus(batch(feed, from, trainingChunk).gradient(feed, from, from > 0, seed));
    }
    return score;
  }

  /** Computes the losses alone. */
  public BatchScore evaluate(ExampleFeed feed) {
    BatchScore score = BatchScore.NONE;
    for (int from = 0; from < feed.count(); from += chunk) {
      score = score.plus(batch(feed, from, chunk).evaluate(feed, from));
    }
    return score;
  }

  /** Computes the outputs, [count, outputs] in C order, to the start of target. */
  public void predict(ExampleFeed feed, float[] target) {
    int outputs = spec.outputWidth();
    for (int from = 0; from < feed.count(); from += chunk) {
      FloatBuffer output = batch(feed, from, chunk).predict(feed, from);
      output.get(0, target, from * outputs, Math.min(chunk, feed.count() - from) * outputs);
    }
  }

  /** Frees the memory; nothing may be called afterwards. */
  @Override
  public void close() {
    batches.values().forEach(CompiledBatch::close);
    batches.clear();
    parameters.close();
    gradient.close();
  }

  private CompiledBatch batch(ExampleFeed feed, int from, int most) {
    return batches.computeIfAbsent(
        Math.min(most, feed.count() - from),
        examples -> new CompiledBatch(spec, examples, parameters, gradient));
  }

  private static Optional<String> notFinite(INDArray vector, List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.tensors().stream())
        .filter(
            placed ->
                !Finite.all(
                    vector.get(NDArrayIndex.interval(placed.range().from(), placed.range().to()))))
        .map(TensorSpec::name)
        .findFirst();
  }

  private static ByteBuffer bytes(INDArray vector) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException("this machine is big-endian, the protocol little-endian");
    }
    return vector.data().pointer().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A worker computes on one thread: more would change the order of additions, and the job scales
   * by workers. Where the environment says so already (OMP_NUM_THREADS=1), this changes nothing.
   */
  private static void oneThread() {
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    openblas.blas_set_num_threads(1); // after ND4J's start, which sets it to all cores
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }
}
