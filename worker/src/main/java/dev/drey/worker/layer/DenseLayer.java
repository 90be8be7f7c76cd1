package dev.drey.worker.layer;

import dev.drey.core.layer.Dense;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y = f(x W + b) with x: [n, inputs] (n the examples, or examples times places), W: [inputs,
 * units], b: [units]. With d = dL/dy * f'(.): dL/dW = x' d, dL/db = the sum of d's rows, dL/dx = d
 * W'. Takes 2 n * units floats (3 with gelu).
 */
final class DenseLayer implements Layer {

  private final BlasMatrix input;
  private final @Nullable BlasMatrix inputGradient;
  private final BlasMatrix kernel;
  private final BlasMatrix kernelGradient;
  private final BlasMatrix bias;
  private final BlasMatrix biasGradient;
  private final BlasMatrix output;
  private final BlasMatrix outputGradient;
  private final BlasMatrix ones;
  private final ActivationFunction activation;

  DenseLayer(Dense spec, Site site) {
    int inputs = site.node().inputShape().get(site.node().inputShape().size() - 1);
    int units = spec.units();
    int n = (int) (site.input().values().length() / inputs);
    input = BlasMatrix.of(site.input().values(), n);
    inputGradient = site.inputGradient() == null ? null : BlasMatrix.of(site.inputGradient(), n);
    kernel = BlasMatrix.of(site.parameters(), 0, inputs, units);
    kernelGradient = BlasMatrix.of(site.gradient(), 0, inputs, units);
    bias = BlasMatrix.of(site.parameters(), inputs * units, 1, units);
    biasGradient = BlasMatrix.of(site.gradient(), inputs * units, 1, units);
    output = BlasMatrix.of(Nd4j.create(DataType.FLOAT, site.outputShape()), n);
    outputGradient = BlasMatrix.of(Nd4j.create(DataType.FLOAT, site.outputShape()), n);
    ones = BlasMatrix.ones(n);
    activation = ActivationFunction.of(spec.activation(), output(), outputGradient());
  }

  @Override
  public INDArray output() {
    return output.array();
  }

  @Override
  public INDArray outputGradient() {
    return outputGradient.array();
  }

  @Override
  public void forward(Pass pass) {
    output.fillRows(bias);
    output.addProduct(input, kernel);
    activation.forward();
  }

  @Override
  public void backward(boolean accumulate) {
    float keep = accumulate ? 1 : 0;
    activation.backward();
    kernelGradient.transposedProduct(input, outputGradient, keep);
    outputGradient.sumRowsInto(biasGradient, ones, keep);
    if (inputGradient != null) {
      inputGradient.productWithTransposed(outputGradient, kernel);
    }
  }
}
