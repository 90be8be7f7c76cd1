package dev.drey.worker.network;

import dev.drey.core.network.NetworkSpec;
import dev.drey.worker.layer.Layer;
import dev.drey.worker.layer.Pass;
import dev.drey.worker.loss.BatchScore;
import dev.drey.worker.loss.LossFunction;
import dev.drey.worker.onednn.Engine;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's layers compiled for one number of examples, with all memory preallocated. */
final class CompiledBatch implements AutoCloseable {

  private static final int BLOCK = 8192;

  private final int examples;
  private final int width; // of an example
  private final float[] features; // of a few examples, so that they stay in the cache
  private final float[] labels;
  private final INDArray inputArray; // keeps the memory of the next alive
  private final FloatBuffer input;
  private final Engine engine = new Engine();
  private final List<CompiledNode> steps;
  private final LossFunction loss;
  private final FloatBuffer output;
  private final FloatBuffer outputGradient;

  CompiledBatch(NetworkSpec spec, int examples, INDArray parameters, INDArray gradient) {
    this.examples = examples;
    width = spec.inputWidth();
    features = new float[Math.min(examples, Math.max(1, BLOCK / width)) * width];
    labels = new float[Math.multiplyExact(examples, spec.labelWidth())];
    Compilation compilation = new Compilation(spec, examples, parameters, gradient, engine);
    inputArray = compilation.input();
    input = inputArray.data().asNioFloat();
    steps = compilation.steps();
    Layer last = steps.get(steps.size() - 1).layer();
    loss = LossFunction.of(spec.loss(), spec.outputWidth());
    output = last.output().data().asNioFloat();
    outputGradient = last.outputGradient().data().asNioFloat();
  }

  /** Computes the outputs, [examples, outputs] in C order: valid until the next call. */
  FloatBuffer predict(ExampleFeed feed, int from) {
    return forward(feed, from, Pass.INFERENCE);
  }

  BatchScore evaluate(ExampleFeed feed, int from) {
    return score(feed, from, Pass.INFERENCE);
  }

  BatchScore gradient(ExampleFeed feed, int from, boolean accumulate, long seed) {
    BatchScore score = score(feed, from, Pass.training(seed, from));
    for (int i = steps.size() - 1; i >= 0; i--) {
      steps.get(i).backward(accumulate);
    }
    return score;
  }

  /** The name of the first layer whose output is not finite. */
  Optional<String> outputNotFinite(ExampleFeed feed, int from, Pass pass) {
    forward(feed, from, pass);
    return steps.stream()
        .filter(step -> !Finite.all(step.layer().output()))
        .map(CompiledNode::name)
        .findFirst();
  }

  private BatchScore score(ExampleFeed feed, int from, Pass pass) {
    forward(feed, from, pass);
    feed.labels(from, examples, labels);
    return loss.score(output, labels, examples, outputGradient);
  }

  private void fill(ExampleFeed feed, int from) {
    int block = features.length / width;
    for (int i = 0; i < examples; i += block) {
      int count = Math.min(block, examples - i);
      feed.features(from + i, count, features);
      input.put(i * width, features, 0, count * width);
    }
  }

  private FloatBuffer forward(ExampleFeed feed, int from, Pass pass) {
    fill(feed, from);
    for (CompiledNode step : steps) {
      step.layer().forward(pass);
    }
    return output;
  }

  /** Frees what is not on the heap and not ND4J's; nothing may be called afterwards. */
  @Override
  public void close() {
    engine.close();
  }
}
