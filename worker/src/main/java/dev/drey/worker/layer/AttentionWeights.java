package dev.drey.worker.layer;

import dev.drey.core.parameters.Floats;
import dev.drey.worker.function.Exponential;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The softmax in attention, one example's heads at a time: P = softmax(q k' / sqrt(d)) by row, in
 * place, and from dP to the gradient by q k': P (dP - the row's sum of dP P) / sqrt(d). With a
 * causal mask, row i sees the columns up to i, and is 0 beyond.
 */
final class AttentionWeights {

  private final Exponential exponential = new Exponential();
  private final int time;
  private final float factor;
  private final boolean causal;
  private final float[] weights; // [heads * time, time]
  private final float[] gradients;

  AttentionWeights(int heads, int time, int width, boolean causal) {
    this.time = time;
    this.factor = (float) (1 / Math.sqrt(width));
    this.causal = causal;
    weights = new float[Math.multiplyExact(Math.multiplyExact(heads, time), time)];
    gradients = new float[weights.length];
  }

  /** Turns q k' into P. */
  void forward(FloatBuffer all, int example) {
    all.get(example * weights.length, weights);
    for (int from = 0; from < weights.length; from += time) {
      scale(weights, from, from + seen(from), factor);
      Arrays.fill(weights, from + seen(from), from + time, 0);
    }
    exponential.apply(weights, 0, weights.length);
    for (int from = 0; from < weights.length; from += time) {
      int seen = seen(from);
      Arrays.fill(weights, from + seen, from + time, 0);
      multiply(weights, from, from + seen, 1 / Floats.sum(weights, from, from + seen));
    }
    all.put(example * weights.length, weights);
  }

  /** Turns dP, which lies in the target, into the gradient by q k'. */
  void backward(FloatBuffer all, int example, FloatBuffer target) {
    all.get(example * weights.length, weights);
    target.get(0, gradients);
    for (int i = 0; i < weights.length; i++) {
      gradients[i] *= weights[i];
    }
    for (int from = 0; from < weights.length; from += time) {
      back(weights, gradients, from, time, Floats.sum(gradients, from, from + time), factor);
    }
    target.put(0, gradients);
  }

  /** How many columns the row that starts here sees. */
  private int seen(int from) {
    return causal ? from / time % time + 1 : time;
  }

  private static void scale(float[] x, int from, int to, float factor) {
    float largest = x[from];
    for (int i = from + 1; i < to; i++) {
      if (x[i] > largest) {
        largest = x[i];
      }
    }
    for (int i = from; i < to; i++) {
      x[i] = (x[i] - largest) * factor;
    }
  }

  private static void multiply(float[] x, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      x[i] *= factor;
    }
  }

  private static void back(
      float[] weights, float[] gradients, int from, int length, float sum, float factor) {
    for (int i = from; i < from + length; i++) {
      gradients[i] = (gradients[i] - weights[i] * sum) * factor;
    }
  }
}
