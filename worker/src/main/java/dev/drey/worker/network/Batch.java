package dev.drey.worker.network;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.worker.layer.Layer;
import dev.drey.worker.layer.Site;
import dev.drey.worker.loss.LossFunction;
import dev.drey.worker.loss.Score;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network's layers compiled for one number of examples, with all memory preallocated. */
final class Batch {

  private final int examples;
  private final float[] features;
  private final float[] labels;
  private final FloatBuffer input;
  private final List<Layer> layers = new ArrayList<>();
  private final LossFunction loss;
  private final FloatBuffer output;
  private final FloatBuffer outputGradient;

  Batch(NetworkSpec spec, int examples, INDArray parameters, INDArray gradient) {
    this.examples = examples;
    features = new float[Math.multiplyExact(examples, spec.inputWidth())];
    labels = new float[Math.multiplyExact(examples, spec.labelWidth())];
    INDArray x = Nd4j.create(DataType.FLOAT, shape(examples, spec.input()));
    input = x.data().asNioFloat();
    INDArray inputGradient = null;
    List<Range> ranges = layerRanges(spec);
    for (int i = 0; i < spec.layers().size(); i++) {
      Site site =
          new Site(
              x, inputGradient, part(parameters, ranges.get(i)), part(gradient, ranges.get(i)));
      Layer layer = Layer.compile(spec.layers().get(i), site);
      layers.add(layer);
      x = layer.output();
      inputGradient = layer.outputGradient();
    }
    Layer last = layers.get(layers.size() - 1);
    loss = LossFunction.of(spec.loss(), spec.outputWidth());
    output = last.output().data().asNioFloat();
    outputGradient = last.outputGradient().data().asNioFloat();
  }

  /** Computes the outputs, [examples, outputs] in C order: valid until the next call. */
  FloatBuffer predict(Feed feed, int from) {
    feed.features(from, examples, features);
    input.put(0, features);
    for (Layer layer : layers) {
      layer.forward();
    }
    return output;
  }

  Score evaluate(Feed feed, int from) {
    predict(feed, from);
    feed.labels(from, examples, labels);
    return loss.score(output, labels, examples, outputGradient);
  }

  Score gradient(Feed feed, int from, boolean accumulate) {
    Score score = evaluate(feed, from);
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward(accumulate);
    }
    return score;
  }

  /** The part of the flat vector that each layer's tensors take. */
  private static List<Range> layerRanges(NetworkSpec spec) {
    List<Range> ranges = new ArrayList<>();
    List<List<Integer>> shapes = spec.shapes();
    int from = 0;
    for (int i = 0; i < spec.layers().size(); i++) {
      int size = 0;
      for (var tensor : spec.layers().get(i).tensors(shapes.get(i))) {
        size += tensor.shape().stream().mapToInt(d -> d).reduce(1, Math::multiplyExact);
      }
      ranges.add(new Range(from, from + size));
      from += size;
    }
    return ranges;
  }

  private static INDArray part(INDArray flat, Range range) {
    return flat.get(NDArrayIndex.interval(range.from(), range.to()));
  }

  private static long[] shape(int examples, List<Integer> shape) {
    long[] dimensions = new long[shape.size() + 1];
    dimensions[0] = examples;
    for (int i = 0; i < shape.size(); i++) {
      dimensions[i + 1] = shape.get(i);
    }
    return dimensions;
  }
}
