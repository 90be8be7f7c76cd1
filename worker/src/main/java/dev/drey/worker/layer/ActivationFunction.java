package dev.drey.worker.layer;

import dev.drey.core.layer.Activation;
import dev.drey.worker.function.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function y = f(x), bound to the arrays x, y and dL/dy, all of one shape and in C order. */
interface ActivationFunction {

  /** Computes y. */
  void forward();

  /** Turns dL/dy into dL/dx, in place. */
  void backward();

  /**
   * The function bound to arrays.
   *
   * @param x read
   * @param y written; may be x itself
   * @param gradient dL/dy, overwritten
   */
  static ActivationFunction of(Activation activation, INDArray x, INDArray y, INDArray gradient) {
    return switch (activation) {
      case SOFTMAX -> new SoftmaxRows(x, y, gradient);
      case LINEAR, RELU, LEAKY_RELU, GELU, TANH, SIGMOID ->
          new BlockwiseFunction(Elementwise.of(activation), x, y, gradient);
    };
  }

  /** The function in place: x lies in y. */
  static ActivationFunction of(Activation activation, INDArray y, INDArray gradient) {
    return activation == Activation.LINEAR ? new Nothing() : of(activation, y, y, gradient);
  }

  /** y = x in place. */
  final class Nothing implements ActivationFunction {
    @Override
    public void forward() {}

    @Override
    public void backward() {}
  }
}
