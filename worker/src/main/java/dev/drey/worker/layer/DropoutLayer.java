package dev.drey.worker.layer;

import dev.drey.core.layer.Dropout;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * While training, y[v] = x[v] / (1 - rate), or 0 with probability rate, for value v = e w + i of
 * the request's example e, with w values per example. A value is dropped if its random number of 53
 * bits is below rate * 2^53 (a whole number, so that the probability is exact). The random numbers
 * are a stream that the pass's seed and the layer's index select; i counts in the specification's
 * order, whatever the memory's order is. The mask is not kept: the backward pass computes it again.
 * Takes n * w floats.
 */
final class DropoutLayer implements Layer {

  private static final int BITS = 53;

  private final FloatBuffer input;
  private final INDArray output;
  private final FloatBuffer values;
  private final INDArray outputGradient;
  private final FloatBuffer gradient;
  private final int index;
  private final int width;
  private final int channels; // values that are neighbours in memory, and `places` apart in i
  private final int places;
  private final long threshold;
  private final float[] factors; // of what is kept, of what is dropped
  private final float[] block = new float[HostMemory.BLOCK];
  private Pass pass = Pass.INFERENCE; // the last one

  DropoutLayer(Dropout spec, Site site) {
    input = HostMemory.of(site.input().values());
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    values = HostMemory.of(output);
    outputGradient = site.sharedGradient();
    gradient = HostMemory.of(outputGradient);
    index = site.node().index();
    width = values.capacity() / site.examples();
    boolean reordered =
        site.order() == ImageOrder.CHANNELS_LAST && site.node().inputShape().size() == 3;
    channels = reordered ? site.node().inputShape().get(0) : 1;
    places = width / channels;
    threshold = (long) Math.scalb((double) spec.rate(), BITS);
    factors = new float[] {1 / (1 - spec.rate()), 0};
  }

  @Override
  public INDArray output() {
    return output;
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient;
  }

  @Override
  public void forward(Pass pass) {
    this.pass = pass;
    if (pass.training()) {
      drop(input, values);
    } else {
      HostMemory.copy(input, values);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (pass.training()) {
      drop(gradient, gradient);
    }
  }

  private void drop(FloatBuffer source, FloatBuffer target) {
    long stream = Draws.draw(pass.seed(), index);
    long example = (long) pass.first() * width;
    int place = 0;
    int channel = 0;
    for (int from = 0; from < target.capacity(); from += HostMemory.BLOCK) {
      int count = Math.min(HostMemory.BLOCK, target.capacity() - from);
      source.get(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        long v = example + place + (long) channel * places;
        long drawn = Draws.draw(stream, v) >>> (Long.SIZE - BITS);
        block[i] *= factors[(int) ((drawn - threshold) >>> (Long.SIZE - 1))];
        if (++channel == channels) {
          channel = 0;
          if (++place == places) {
            place = 0;
            example += width;
          }
        }
      }
      target.put(from, block, 0, count);
    }
  }
}
