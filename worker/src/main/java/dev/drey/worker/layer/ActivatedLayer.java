package dev.drey.worker.layer;

import dev.drey.core.layer.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Another layer, with a function of each value at its end, in place. */
public final class ActivatedLayer implements Layer {

  private final Layer layer;
  private final ActivationFunction function;

  /**
   * Adds the function.
   *
   * @param layer one that does not read its own output again
   */
  public ActivatedLayer(Layer layer, Activation function) {
    this.layer = layer;
    this.function = ActivationFunction.of(function, layer.output(), layer.outputGradient());
  }

  @Override
  public INDArray output() {
    return layer.output();
  }

  @Override
  public INDArray outputGradient() {
    return layer.outputGradient();
  }

  @Override
  public void forward(Pass pass) {
    layer.forward(pass);
    function.forward();
  }

  @Override
  public void backward(boolean accumulate) {
    function.backward();
    layer.backward(accumulate);
  }
}
