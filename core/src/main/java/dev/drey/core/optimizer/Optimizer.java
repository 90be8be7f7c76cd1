package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;
import java.io.Serializable;

/**
 * How a mean gradient g changes parameters p. Works on any range of the flat vector by itself, in
 * one pass over memory. Same arithmetic as torch.optim. Immutable; the state vectors are the
 * caller's and start at zero.
 */
public sealed interface Optimizer extends Serializable
    permits Adam, AdamW, Momentum, Nesterov, Sgd {

  /** State vectors, each as long as the parameters. */
  int moments();

  /** Its name in specifications and saved states: {@code adam}. */
  String name();

  /**
   * Applies one step with g = scale {@code gradientSum} + l2 p.
   *
   * @param parameters changed in place
   * @param gradientSum one value per parameter; only read
   * @param moments {@link #moments} vectors as the step before left them, changed in place
   * @param range of the indices that are worked on; what lies outside is neither read nor changed
   * @throws IllegalArgumentException if the vectors differ in length or number, or the range is not
   *     within them
   */
  void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update);

  /**
   * The parameters of one step.
   *
   * @param scale the gradient sum is multiplied by it: 1 / examples for the mean, times the
   *     clipping factor
   * @param step 1 for the first step
   * @param rate the step's learning rate
   * @param l2 weight of the penalty l2 p^2 / 2 on every parameter, which is added after clipping;
   *     torch.optim's weight_decay
   */
  record Update(float scale, long step, float rate, float l2) {

    public Update {
      if (step < 1) {
        throw new IllegalArgumentException("step is " + step + ", must be at least 1");
      }
      if (!(l2 >= 0) || Float.isInfinite(l2)) {
        throw new IllegalArgumentException("l2 is " + l2 + ", must be at least 0 and finite");
      }
    }
  }
}
