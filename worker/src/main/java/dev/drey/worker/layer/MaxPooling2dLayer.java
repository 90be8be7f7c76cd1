package dev.drey.worker.layer;

import dev.drey.core.layer.MaxPooling2d;
import dev.drey.worker.onednn.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The largest value under each place of a window, of x: [n, height, width, channels]; NaN where one
 * is among them. Takes 2 n * channels * places floats, and a byte for each of them to remember
 * where the largest was.
 */
final class MaxPooling2dLayer implements Layer {

  private final Images images;
  private final Pooling pooling;
  private final NanPooling nans;

  MaxPooling2dLayer(MaxPooling2d spec, Site site) {
    images = new Images(site);
    pooling = Pooling.max(site.engine(), images.arrays(), spec.window(), site.node().inputShape());
    nans = new NanPooling(spec.window(), site, images.output());
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
    nans.spread();
  }

  @Override
  public void backward(boolean accumulate) {
    pooling.backward();
  }
}
