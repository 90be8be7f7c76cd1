package dev.drey.worker.loss;

import java.nio.FloatBuffer;

/**
 * L = sum_j log(1 + exp(z[j])) - y[j] z[j], dL/dz[j] = sigmoid(z[j]) - y[j]. With e = exp(-|z|) <=
 * 1 nothing overflows: log(1 + exp(z)) = max(z, 0) + log(1 + e). An example counts as correct if
 * all its z[j] are on the right side of 0; 0 itself is no.
 */
final class BinaryCrossEntropy implements LossFunction {

  private final int width;

  BinaryCrossEntropy(int width) {
    this.width = width;
  }

  @Override
  public BatchScore score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient) {
    double lossSum = 0;
    long correct = 0;
    for (int i = 0; i < examples; i++) {
      boolean right = true;
      for (int j = i * width; j < (i + 1) * width; j++) {
        double z = outputs.get(j);
        double e = Math.exp(-Math.abs(z));
        double sigmoid = (z > 0 ? 1 : e) / (1 + e);
        lossSum += Math.max(z, 0) + Math.log1p(e) - labels[j] * z;
        gradient.put(j, (float) (sigmoid - labels[j]));
        right &= (z > 0) == (labels[j] == 1);
      }
      correct += right ? 1 : 0;
    }
    return new BatchScore(lossSum, correct, 0);
  }
}
