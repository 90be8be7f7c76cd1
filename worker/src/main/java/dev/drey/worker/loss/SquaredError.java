package dev.drey.worker.loss;

import java.nio.FloatBuffer;

/** L = c sum_j (z[j] - y[j])^2, dL/dz[j] = 2 c (z[j] - y[j]). */
final class SquaredError implements LossFunction {

  private final int width;
  private final double factor;

  SquaredError(int width, double factor) {
    this.width = width;
    this.factor = factor;
  }

  @Override
  public BatchScore score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient) {
    double sum = 0;
    double errors = 0;
    for (int i = 0; i < examples * width; i++) {
      double difference = (double) outputs.get(i) - labels[i];
      sum += difference * difference;
      errors += Math.abs(difference);
      gradient.put(i, (float) (2 * factor * difference));
    }
    return new BatchScore(factor * sum, 0, errors / width);
  }
}
