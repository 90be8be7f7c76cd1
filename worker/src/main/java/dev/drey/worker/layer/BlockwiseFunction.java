package dev.drey.worker.layer;

import dev.drey.worker.function.Elementwise;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of single values, block by block: copied to an array, computed there and copied back,
 * a block costs less than an ND4J op on the same values. Takes as much memory as x if the
 * derivative is written in x and y takes its place.
 */
final class BlockwiseFunction implements ActivationFunction {

  private final Elementwise function;
  private final FloatBuffer x;
  private final FloatBuffer y;
  private final FloatBuffer gradient;
  private final INDArray kept; // what the derivative is written in; keeps the memory alive
  private final FloatBuffer keptValues;
  private final boolean copies;
  private final float[] values = new float[HostMemory.BLOCK];
  private final float[] slopes = new float[HostMemory.BLOCK];

  BlockwiseFunction(Elementwise function, INDArray x, INDArray y, INDArray gradient) {
    this.function = function;
    this.x = HostMemory.of(x);
    this.y = HostMemory.of(y);
    this.gradient = HostMemory.of(gradient);
    copies = function.derivesFromInput() && x == y;
    if (copies) {
      kept = Nd4j.create(DataType.FLOAT, x.shape());
    } else {
      kept = function.derivesFromInput() ? x : y;
    }
    keptValues = HostMemory.of(kept);
  }

  @Override
  public void forward() {
    for (int from = 0; from < y.capacity(); from += HostMemory.BLOCK) {
      int count = Math.min(HostMemory.BLOCK, y.capacity() - from);
      x.get(from, values, 0, count);
      if (copies) {
        keptValues.put(from, values, 0, count);
      }
      function.forward(values, 0, count);
      y.put(from, values, 0, count);
    }
  }

  @Override
  public void backward() {
    for (int from = 0; from < y.capacity(); from += HostMemory.BLOCK) {
      int count = Math.min(HostMemory.BLOCK, y.capacity() - from);
      keptValues.get(from, values, 0, count);
      gradient.get(from, slopes, 0, count);
      function.backward(values, slopes, 0, count);
      gradient.put(from, slopes, 0, count);
    }
  }
}
