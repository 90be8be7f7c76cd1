package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/**
 * Adam after p *= 1 - rate weightDecay. Loshchilov and Hutter (2019), algorithm 2.
 *
 * @param beta1 in [0, 1)
 * @param beta2 in [0, 1)
 * @param epsilon above 0
 * @param weightDecay at least 0
 */
public record AdamW(float beta1, float beta2, float epsilon, float weightDecay)
    implements Optimizer {

  public static final AdamW DEFAULT =
      new AdamW(Adam.DEFAULT.beta1(), Adam.DEFAULT.beta2(), Adam.DEFAULT.epsilon(), 0.01f);

  public AdamW {
    Vectors.checkShare("beta1", beta1);
    Vectors.checkShare("beta2", beta2);
    Vectors.checkPositive("epsilon", epsilon);
    if (!(weightDecay >= 0) || Float.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "weight-decay is " + weightDecay + ", must be at least 0 and finite");
    }
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public int moments() {
    return 2;
  }

  @Override
  public void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
    Vectors.check(this, parameters, gradientSum, moments, range);
    float keep = (float) (1 - (double) update.rate() * weightDecay);
    new Adam(beta1, beta2, epsilon).apply(parameters, gradientSum, moments, range, update, keep);
  }
}
