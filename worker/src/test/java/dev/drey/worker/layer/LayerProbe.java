package dev.drey.worker.layer;

import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Node;
import dev.drey.worker.onednn.Engine;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer over images with the loss L = sum r y, for random r: its gradients can be compared with
 * central differences (L(x + e) - L(x - e)) / 2e.
 */
final class LayerProbe implements AutoCloseable {

  private static final int EXAMPLES = 3;

  final Node node;
  final INDArray input;
  final INDArray inputGradient;
  final INDArray parameters;
  final INDArray gradient;
  final Layer layer;
  private final INDArray weights;
  private final Engine engine = new Engine();
  private final SplittableRandom random = new SplittableRandom(1);

  LayerProbe(LayerSpec spec, Integer... image) {
    node = TestingSites.node(spec, List.of(image));
    input = random(shape(ImageOrder.CHANNELS_LAST.shape(node.inputShape())));
    inputGradient = Nd4j.zeros(DataType.FLOAT, input.shape());
    long count = node.tensors().stream().mapToLong(t -> t.tensor().size()).sum();
    parameters = count == 0 ? Nd4j.empty(DataType.FLOAT) : random(count);
    gradient = count == 0 ? parameters : Nd4j.zeros(DataType.FLOAT, count);
    layer =
        Layer.compile(
            new Site(
                node,
                new Port(input, inputGradient),
                Optional.empty(),
                parameters,
                gradient,
                ImageOrder.CHANNELS_LAST,
                engine));
    weights = random(layer.output().shape());
  }

  void backward(boolean accumulate) {
    layer.forward(Pass.training(0));
    layer.outputGradient().assign(weights);
    layer.backward(accumulate);
  }

  /** The largest difference from the central difference, as a share of the largest value. */
  double error(INDArray values, INDArray gradient, int count, double step) {
    double worst = 0;
    double largest = 0;
    FloatBuffer flat = values.data().asNioFloat();
    FloatBuffer computed = gradient.data().asNioFloat();
    for (int i = 0; i < count; i++) {
      float kept = flat.get(i);
      float above = (float) (kept + step);
      float below = (float) (kept - step);
      flat.put(i, above);
      double loss = loss();
      flat.put(i, below);
      double difference = (loss - loss()) / ((double) above - below);
      flat.put(i, kept);
      worst = Math.max(worst, Math.abs(difference - computed.get(i)));
      largest = Math.max(largest, Math.abs(difference));
    }
    return worst / largest;
  }

  private double loss() {
    layer.forward(Pass.training(0));
    float[] outputs = layer.output().dup().data().asFloat();
    float[] factors = weights.data().asFloat();
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      sum += (double) outputs[i] * factors[i];
    }
    return sum;
  }

  private INDArray random(long... shape) {
    int length = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  private static long[] shape(List<Integer> image) {
    return LongStream.concat(LongStream.of(EXAMPLES), image.stream().mapToLong(d -> d)).toArray();
  }

  @Override
  public void close() {
    engine.close();
  }
}
