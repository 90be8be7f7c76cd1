package dev.drey.worker.function;

/** The logistic function: y = 1 / (1 + exp(-x)); f' = y (1 - y). */
final class Sigmoid implements Elementwise {

  private final Exponential exponential = new Exponential();

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = -values[i];
    }
    exponential.apply(values, from, to);
    for (int i = from; i < to; i++) {
      values[i] = 1 / (1 + values[i]);
    }
  }

  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] *= values[i] * (1 - values[i]);
    }
  }
}
