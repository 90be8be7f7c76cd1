package dev.drey.worker.layer;

import dev.drey.worker.function.Softmax;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax over the last dimension: y = softmax(x), dL/dx[j] = y[j] (dL/dy[j] - sum_i dL/dy[i]
 * y[i]).
 */
final class SoftmaxRows implements ActivationFunction {

  private final FloatBuffer x;
  private final FloatBuffer y;
  private final FloatBuffer gradient;
  private final int width;
  private final int block;
  private final float[] values;
  private final float[] slopes;
  private final Softmax softmax;

  SoftmaxRows(INDArray x, INDArray y, INDArray gradient) {
    this.x = HostMemory.of(x);
    this.y = HostMemory.of(y);
    this.gradient = HostMemory.of(gradient);
    width = (int) y.size(-1);
    block = Math.max(1, HostMemory.BLOCK / width) * width; // whole rows
    values = new float[block];
    slopes = new float[block];
    softmax = new Softmax(width);
  }

  @Override
  public void forward() {
    for (int from = 0; from < y.capacity(); from += block) {
      int count = Math.min(block, y.capacity() - from);
      x.get(from, values, 0, count);
      softmax.forward(values, count / width);
      y.put(from, values, 0, count);
    }
  }

  @Override
  public void backward() {
    for (int from = 0; from < y.capacity(); from += block) {
      int count = Math.min(block, y.capacity() - from);
      y.get(from, values, 0, count);
      gradient.get(from, slopes, 0, count);
      softmax.backward(values, slopes, count / width);
      gradient.put(from, slopes, 0, count);
    }
  }
}
