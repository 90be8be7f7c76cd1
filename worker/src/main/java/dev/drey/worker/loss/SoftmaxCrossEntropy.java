package dev.drey.worker.loss;

import java.nio.FloatBuffer;

/**
 * L = log(sum_j exp(z[j])) - z[t] for the class t, dL/dz[j] = softmax(z)[j] - (1 if j = t). With m
 * = max(z), exp(z[j] - m) <= 1 never overflows and the sum is at least 1. An example counts as
 * correct if z[t] is the largest output; the lowest class wins a tie. Exponentials in double
 * precision (Math.exp has the same bits whether interpreted or compiled).
 */
final class SoftmaxCrossEntropy implements LossFunction {

  private final float[] row;
  private final double[] exponentials;

  SoftmaxCrossEntropy(int classes) {
    row = new float[classes];
    exponentials = new double[classes];
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
      lossSum += Math.log(sum) - ((double) row[label] - row[best]);
      correct += best == label ? 1 : 0;
      for (int j = 0; j < classes; j++) {
        row[j] = (float) (exponentials[j] / sum - (j == label ? 1 : 0));
      }
      gradient.put(i * classes, row);
    }
    return new Score(lossSum, correct);
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
