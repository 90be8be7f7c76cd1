package dev.drey.worker.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The same memory in another shape: nothing is computed, and nothing copied. */
final class FlattenLayer implements Layer {

  private final INDArray output;
  private final INDArray outputGradient;

  FlattenLayer(Site site) {
    output = site.input().values().reshape('c', site.outputShape());
    INDArray gradient = site.inputGradient();
    outputGradient =
        gradient == null
            ? Nd4j.create(DataType.FLOAT, site.outputShape())
            : gradient.reshape('c', site.outputShape());
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
  public void forward(Pass pass) {}

  @Override
  public void backward(boolean accumulate) {}
}
