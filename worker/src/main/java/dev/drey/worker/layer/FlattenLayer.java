package dev.drey.worker.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The same memory in another shape: nothing is computed, and nothing copied. */
final class FlattenLayer implements Layer {

  private final INDArray output;
  private final Site site;
  private @Nullable INDArray outputGradient;

  FlattenLayer(Site site) {
    output = site.input().values().reshape('c', site.outputShape());
    this.site = site;
  }

  @Override
  public INDArray output() {
    return output;
  }

  @Override
  public INDArray outputGradient() {
    if (outputGradient == null) { // a network's first layer is never asked, and takes no memory
      outputGradient = site.sharedGradient();
    }
    return outputGradient;
  }

  @Override
  public void forward(Pass pass) {}

  @Override
  public void backward(boolean accumulate) {}
}
