package dev.drey.worker.function;

/** Leaky ReLU: y = max(x, 0.01 x); f' = 1 where y > 0, else 0.01. */
final class LeakyRelu implements Elementwise {

  private static final float SLOPE = 0.01f;

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], SLOPE * values[i]);
    }
  }

  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] *= Math.max(SLOPE, Math.min(1, values[i] * Relu.HUGE * Relu.HUGE));
    }
  }
}
