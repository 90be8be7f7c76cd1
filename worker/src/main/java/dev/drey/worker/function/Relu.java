package dev.drey.worker.function;

/** ReLU: y = max(x, 0); f' = 1 where y > 0, else 0. NaN stays NaN. */
final class Relu implements Elementwise {

  /**
   * Multiplying a positive float twice by this gives at least 1, so that min(1, ...) is a step
   * function.
   */
  static final float HUGE = 3e38f;

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  /**
   * Branch-free, since a condition would prevent vectorization (59 us instead of 17 for 65,536
   * values).
   */
  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] *= Math.min(1, values[i] * HUGE * HUGE);
    }
  }
}
