package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/**
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; p -= rate mhat / (sqrt(vhat) +
 * epsilon), with mhat = m / (1 - beta1^step) and vhat = v / (1 - beta2^step). Kingma and Ba (2015),
 * algorithm 1. moments[0] is m, moments[1] is v.
 *
 * @param beta1 in [0, 1)
 * @param beta2 in [0, 1)
 * @param epsilon above 0
 */
public record Adam(float beta1, float beta2, float epsilon) implements Optimizer {

  public static final Adam DEFAULT = new Adam(0.9f, 0.999f, 1e-8f);

  public Adam {
    Vectors.checkShare("beta1", beta1);
    Vectors.checkShare("beta2", beta2);
    Vectors.checkPositive("epsilon", epsilon);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public int moments() {
    return 2;
  }

  @Override
  public void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
    Vectors.check(this, parameters, gradientSum, moments, range);
    apply(parameters, gradientSum, moments, range, update, 1);
  }

  /**
   * @param keep what every parameter is multiplied by first
   */
  void apply(
      float[] parameters,
      float[] gradientSum,
      float[][] moments,
      Range range,
      Update update,
      float keep) {
    float scale = update.scale();
    float l2 = update.l2();
    float b1 = beta1;
    float b2 = beta2;
    float c1 = (float) (1 - (double) beta1);
    float c2 = (float) (1 - (double) beta2);
    float eps = epsilon;
    float size = (float) (update.rate() / (1 - Math.pow(beta1, (double) update.step())));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) update.step())));
    float[] first = moments[0];
    float[] second = moments[1];
    for (int i = range.from(); i < range.to(); i++) {
      float p = parameters[i];
      float g = gradientSum[i] * scale + l2 * p;
      float m = b1 * first[i] + c1 * g;
      float v = b2 * second[i] + c2 * (g * g);
      first[i] = m;
      second[i] = v;
      parameters[i] = keep * p - size * m / ((float) Math.sqrt(v) * root + eps);
    }
  }
}
