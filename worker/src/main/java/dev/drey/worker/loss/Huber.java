package dev.drey.worker.loss;

import java.nio.FloatBuffer;

/**
 * L = (1/k) sum_j of d^2 / 2 where |d| is at most delta, else delta (|d| - delta / 2), for d = z[j]
 * - y[j]; dL/dz[j] = d / k, with d clamped to [-delta, delta]. Huber (1964), section 1.
 */
final class Huber implements LossFunction {

  private final int width;
  private final double delta;

  Huber(int width, double delta) {
    this.width = width;
    this.delta = delta;
  }

  @Override
  public BatchScore score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient) {
    double sum = 0;
    double errors = 0;
    for (int i = 0; i < examples * width; i++) {
      double d = (double) outputs.get(i) - labels[i];
      double clamped = Math.max(-delta, Math.min(delta, d));
      sum += clamped * (d - clamped / 2); // d^2 / 2 where d is not clamped
      errors += Math.abs(d);
      gradient.put(i, (float) (clamped / width));
    }
    return new BatchScore(sum / width, 0, errors / width);
  }
}
