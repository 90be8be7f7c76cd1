package dev.drey.worker.layer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** y = x + z; dL/dx is dL/dy itself, dL/dz a copy. Takes n * values floats. */
final class AddLayer implements Layer {

  private final FloatBuffer x;
  private final FloatBuffer z;
  private final INDArray output;
  private final FloatBuffer y;
  private final INDArray outputGradient;
  private final FloatBuffer gradient;
  private final @Nullable FloatBuffer addendGradient;
  private final float[] left = new float[HostMemory.BLOCK];
  private final float[] right = new float[HostMemory.BLOCK];

  AddLayer(Site site) {
    Port addend = site.addend().orElseThrow();
    x = HostMemory.of(site.input().values());
    z = HostMemory.of(addend.values());
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    y = HostMemory.of(output);
    outputGradient = site.sharedGradient();
    gradient = HostMemory.of(outputGradient);
    addendGradient = addend.gradient() == null ? null : HostMemory.of(addend.gradient());
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
    for (int from = 0; from < y.capacity(); from += HostMemory.BLOCK) {
      int count = Math.min(HostMemory.BLOCK, y.capacity() - from);
      x.get(from, left, 0, count);
      z.get(from, right, 0, count);
      for (int i = 0; i < count; i++) {
        left[i] += right[i];
      }
      y.put(from, left, 0, count);
    }
  }

  @Override
  public void backward(boolean accumulate) {
    if (addendGradient != null) {
      HostMemory.copy(gradient, addendGradient);
    }
  }
}
