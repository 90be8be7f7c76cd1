package dev.drey.worker.loss;

import dev.drey.core.network.Loss;
import java.nio.FloatBuffer;

/**
 * L = w[t] (log(sum_i exp(z[i])) - sum_j q[j] z[j]) for the class t, q[j] = (1 - s) (1 if j = t) +
 * s / k; dL/dz[j] = w[t] (softmax(z)[j] - q[j]). With m = max(z), exp(z[j] - m) <= 1 never
 * overflows and the sum is at least 1. An example counts as correct if z[t] is the largest output;
 * the lowest class wins a tie. Exponentials in double precision (Math.exp has the same bits whether
 * interpreted or compiled).
 */
final class SoftmaxCrossEntropy implements LossFunction {

  private final float[] row;
  private final double[] exponentials;
  private final double smoothing;
  private final float[] weights;

  SoftmaxCrossEntropy(Loss.SoftmaxCrossEntropy loss, int classes) {
    row = new float[classes];
    exponentials = new double[classes];
    smoothing = loss.labelSmoothing();
    weights = new float[classes];
    for (int i = 0; i < classes; i++) {
      weights[i] = loss.classWeights().isEmpty() ? 1 : loss.classWeights().get(i);
    }
  }

  @Override
  public Score score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient) {
    int classes = row.length;
    double lossSum = 0;
    long correct = 0;
    for (int i = 0; i < examples; i++) {
      outputs.get(i * classes, row);
      int label = (int) labels[i];
      int best = largest();
      double sum = exponentiate(row[best]);
      lossSum += weights[label] * (Math.log(sum) - target(label, row[best]));
      correct += best == label ? 1 : 0;
      derive(label, sum);
      gradient.put(i * classes, row);
    }
    return new Score(lossSum, correct);
  }

  /** sum_j q[j] (z[j] - m). */
  private double target(int label, double maximum) {
    double target = (1 - smoothing) * (row[label] - maximum);
    if (smoothing > 0) {
      double sum = 0;
      for (float z : row) {
        sum += z - maximum;
      }
      target += smoothing / row.length * sum;
    }
    return target;
  }

  private void derive(int label, double sum) {
    double rest = smoothing / row.length;
    for (int j = 0; j < row.length; j++) {
      double q = j == label ? 1 - smoothing + rest : rest;
      row[j] = (float) (weights[label] * (exponentials[j] / sum - q));
    }
  }

  private int largest() {
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best]) {
        best = j;
      }
    }
    return best;
  }

  private double exponentiate(double maximum) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      exponentials[j] = Math.exp(row[j] - maximum);
      sum += exponentials[j];
    }
    return sum;
  }
}
