package dev.drey.worker.layer;

import dev.drey.core.layer.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** y = f(x) and dL/dx = dL/dy f'(x), the gradient in place. Takes n * values floats. */
final class FunctionLayer implements Layer {

  private final INDArray output;
  private final INDArray outputGradient;
  private final ActivationFunction function;

  FunctionLayer(Activation activation, Site site) {
    output = Nd4j.create(DataType.FLOAT, site.outputShape());
    outputGradient = site.sharedGradient();
    function = ActivationFunction.of(activation, site.input().values(), output, outputGradient);
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
    function.forward();
  }

  @Override
  public void backward(boolean accumulate) {
    function.backward();
  }
}
