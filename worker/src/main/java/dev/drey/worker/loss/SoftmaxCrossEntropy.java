package dev.drey.worker.loss;

import dev.drey.core.network.Loss;
import dev.drey.worker.function.Exponential;
import java.nio.FloatBuffer;

/**
 * L = w[t] (log(sum_i exp(z[i])) - sum_j q[j] z[j]) for the class t, q[j] = (1 - s) (1 if j = t) +
 * s / k; dL/dz[j] = w[t] (softmax(z)[j] - q[j]). With m = max(z), exp(z[j] - m) <= 1 never
 * overflows and the sum is at least 1. An example counts as correct if z[t] is the largest output;
 * the lowest class wins a tie.
 */
final class SoftmaxCrossEntropy implements LossFunction {

  private static final int BLOCK = 2048;

  private final int classes;
  private final int rows; // at a time
  private final float[] outputs;
  private final float[] exponentials;
  private final Exponential exponential = new Exponential();
  private final float smoothing;
  private final float[] weights;

  SoftmaxCrossEntropy(Loss.SoftmaxCrossEntropy loss, int classes) {
    this.classes = classes;
    rows = Math.max(1, BLOCK / classes);
    outputs = new float[rows * classes];
    exponentials = new float[rows * classes];
    smoothing = loss.labelSmoothing();
    weights = new float[classes];
    for (int i = 0; i < classes; i++) {
      weights[i] = loss.classWeights().isEmpty() ? 1 : loss.classWeights().get(i);
    }
  }

  @Override
  public BatchScore score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient) {
    BatchScore score = BatchScore.NONE;
    for (int from = 0; from < examples; from += rows) {
      int count = Math.min(rows, examples - from);
      outputs.get(from * classes, this.outputs, 0, count * classes);
      score = score.plus(block(labels, from, count));
      gradient.put(from * classes, exponentials, 0, count * classes);
    }
    return score;
  }

  /** Leaves the gradient where the exponentials were. */
  private BatchScore block(float[] labels, int from, int count) {
    long correct = 0;
    for (int i = 0; i < count; i++) {
      int best = largest(i * classes);
      shift(i * classes, outputs[i * classes + best]);
      correct += best == (int) labels[from + i] ? 1 : 0;
    }
    exponential.apply(exponentials, 0, count * classes);
    double lossSum = 0;
    for (int i = 0; i < count; i++) {
      lossSum += row(i * classes, (int) labels[from + i]);
    }
    return new BatchScore(lossSum, correct, 0);
  }

  private int largest(int row) {
    int best = 0;
    for (int j = 1; j < classes; j++) {
      if (outputs[row + j] > outputs[row + best]) {
        best = j;
      }
    }
    return best;
  }

  private void shift(int row, float largest) {
    for (int j = row; j < row + classes; j++) {
      outputs[j] -= largest;
      exponentials[j] = outputs[j];
    }
  }

  private double row(int row, int label) {
    double sum = 0;
    double mean = 0;
    for (int j = row; j < row + classes; j++) {
      sum += exponentials[j];
      mean += outputs[j];
    }
    mean /= classes;
    float weight = weights[label];
    float factor = weight / (float) sum;
    float rest = weight * smoothing / classes;
    for (int j = row; j < row + classes; j++) {
      exponentials[j] = factor * exponentials[j] - rest;
    }
    exponentials[row + label] -= weight * (1 - smoothing);
    return weight
        * (Math.log(sum) - (1 - smoothing) * (double) outputs[row + label] - smoothing * mean);
  }
}
