package dev.drey.worker.layer;

import dev.drey.core.layer.AveragePooling2d;
import dev.drey.worker.onednn.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of the values under each place of a window, of x: [n, height, width, channels]; padding
 * does not count. Takes 2 n * channels * places floats.
 */
final class AveragePooling2dLayer implements Layer {

  private final Images images;
  private final Pooling pooling;

  AveragePooling2dLayer(AveragePooling2d spec, Site site) {
    images = new Images(site);
    pooling =
        Pooling.average(site.engine(), images.arrays(), spec.window(), site.node().inputShape());
  }

  @Override
  public INDArray output() {
    return images.output();
  }

  @Override
  public INDArray outputGradient() {
    return images.outputGradient();
  }

  @Override
  public void forward(Pass pass) {
    pooling.forward();
  }

  @Override
  public void backward(boolean accumulate) {
    pooling.backward();
  }
}
