package dev.drey.worker.loss;

import dev.drey.core.network.Loss;
import java.nio.FloatBuffer;

/** A loss over k outputs, with its gradient. Keeps scratch space: one thread at a time. */
public interface LossFunction {

  /**
   * Scores examples one after the other.
   *
   * @param outputs [examples, k] in C order; read from index 0
   * @param labels [examples, labelWidth] in C order; class numbers are in [0, k)
   * @param examples how many
   * @param gradient [examples, k]; overwritten by the gradient of each example's loss
   */
  BatchScore score(FloatBuffer outputs, float[] labels, int examples, FloatBuffer gradient);

  /** The mathematics of a loss over {@code outputs} outputs. */
  static LossFunction of(Loss loss, int outputs) {
    return loss.accept(new LossFunctions(outputs));
  }
}
