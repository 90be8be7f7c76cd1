package dev.drey.worker.layer;

import dev.drey.core.layer.Dropout;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * While training, y[v] = x[v] / (1 - rate), or 0 with probability rate, for value v = e w + i of
 * the request's example e, w values per example. Dropped is what draws a number of 53 bits below
 * rate * 2^53 (a whole number, so that the probability is exact) from the stream of the layer's
 * index, which is drawn from the pass's seed. The mask is drawn again on the way back, which takes
 * as long as to keep it would take memory. Takes n * w floats.
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
    long first = (long) pass.first() * width;
    for (int from = 0; from < target.capacity(); from += HostMemory.BLOCK) {
      int count = Math.min(HostMemory.BLOCK, target.capacity() - from);
      source.get(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        long drawn = Draws.draw(stream, first + from + i) >>> (Long.SIZE - BITS);
        block[i] *= factors[(int) ((drawn - threshold) >>> (Long.SIZE - 1))];
      }
      target.put(from, block, 0, count);
    }
  }
}
