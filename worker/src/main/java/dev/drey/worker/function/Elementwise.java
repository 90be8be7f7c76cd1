package dev.drey.worker.function;

import dev.drey.core.layer.Activation;

/** A function y = f(x) of single values. May keep scratch space: one thread at a time. */
public interface Elementwise {

  /** Replaces x by y, for values [from, to). */
  void forward(float[] values, int from, int to);

  /**
   * Replaces dL/dy by dL/dx = dL/dy f'(x), for values [from, to).
   *
   * @param values y, or x where {@link #derivesFromInput}; kept
   */
  void backward(float[] values, float[] gradient, int from, int to);

  /** Whether the derivative is written in x; in y otherwise, so that x need not be kept. */
  default boolean derivesFromInput() {
    return false;
  }

  /**
   * The function of this name.
   *
   * @throws IllegalArgumentException for softmax, whose values depend on each other
   */
  static Elementwise of(Activation activation) {
    return switch (activation) {
      case LINEAR -> new Identity();
      case RELU -> new Relu();
      case LEAKY_RELU -> new LeakyRelu();
      case GELU -> new Gelu();
      case TANH -> new Tanh();
      case SIGMOID -> new Sigmoid();
      case SOFTMAX -> throw new IllegalArgumentException("softmax is no function of single values");
    };
  }
}
