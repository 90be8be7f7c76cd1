package dev.drey.worker.layer;

import dev.drey.core.layer.Conv2d;
import dev.drey.worker.onednn.Array;
import dev.drey.worker.onednn.Convolution;
import dev.drey.worker.onednn.Engine;
import dev.drey.worker.onednn.Layout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * y = f(x * K + b), the cross-correlation of x: [n, height, width, channels] with K: [filters,
 * channels, kernel height, kernel width]. Takes 2 n * filters * places floats, and what f needs.
 */
final class Conv2dLayer implements Layer {

  private final Images images;
  private final Convolution convolution;
  private final ActivationFunction activation;

  Conv2dLayer(Conv2d spec, Site site) {
    images = new Images(site);
    int filters = spec.filters();
    long[] kernel =
        site.node().tensors().get(0).tensor().shape().stream().mapToLong(d -> d).toArray();
    Convolution.Weights weights =
        new Convolution.Weights(
            kernel(site, site.parameters(), kernel),
            bias(site, site.parameters(), filters),
            kernel(site, site.gradient(), kernel),
            bias(site, site.gradient(), filters));
    convolution =
        new Convolution(
            site.engine(),
            images.arrays(),
            weights,
            spec.window(),
            site.node().inputShape(),
            kernel);
    activation = ActivationFunction.of(spec.activation(), images.output(), images.outputGradient());
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
    convolution.forward();
    activation.forward();
  }

  @Override
  public void backward(boolean accumulate) {
    activation.backward();
    convolution.backward(accumulate);
  }

  private static Array kernel(Site site, INDArray flat, long[] shape) {
    Engine engine = site.engine();
    return Array.of(engine, Layout.plain(engine, shape), flat);
  }

  private static Array bias(Site site, INDArray flat, int filters) {
    Engine engine = site.engine();
    INDArray part = flat.get(NDArrayIndex.interval(flat.length() - filters, flat.length()));
    return Array.of(engine, Layout.plain(engine, filters), part);
  }
}
