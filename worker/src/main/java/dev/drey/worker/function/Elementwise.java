package dev.drey.worker.function;

import dev.drey.core.layer.Activation;

/** An elementwise function y = f(x). May keep scratch space: one thread at a time. */
public interface Elementwise {

  /** Replaces x by y in {@code values[from, to)}. */
  void forward(float[] values, int from, int to);

  /**
   * Replaces dL/dy by dL/dx = dL/dy f'(x) in {@code gradient[from, to)}.
   *
   * @param values y, or x if {@link #derivesFromInput}; not changed
   */
  void backward(float[] values, float[] gradient, int from, int to);

  /**
   * Whether the derivative is computed from x; otherwise it is computed from y, and x need not be
   * kept.
   */
  default boolean derivesFromInput() {
    return false;
  }

  /**
   * The function of an activation.
   *
   * @throws IllegalArgumentException for softmax, which is not elementwise
   */
  static Elementwise of(Activation activation) {
    return switch (activation) {
      case LINEAR -> new Identity();
      case RELU -> new Relu();
      case LEAKY_RELU -> new LeakyRelu();
      case GELU -> new Gelu();
      case TANH -> new Tanh();
      case SIGMOID -> new Sigmoid();
      case SOFTMAX -> throw new IllegalArgumentException("softmax is not an elementwise function");
    };
  }
}
