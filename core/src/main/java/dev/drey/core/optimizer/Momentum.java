package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/**
 * b = momentum b + g; p -= rate b. Polyak (1964).
 *
 * @param momentum in [0, 1)
 */
public record Momentum(float momentum) implements Optimizer {

  public static final Momentum DEFAULT = new Momentum(0.9f);

  public Momentum {
    Vectors.checkShare("momentum", momentum);
  }

  @Override
  public String name() {
    return "momentum";
  }

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
    Vectors.check(this, parameters, gradientSum, moments, range);
    float scale = update.scale();
    float rate = update.rate();
    float l2 = update.l2();
    float mu = momentum;
    float[] velocity = moments[0];
    for (int i = range.from(); i < range.to(); i++) {
      float p = parameters[i];
      float b = mu * velocity[i] + (gradientSum[i] * scale + l2 * p);
      velocity[i] = b;
      parameters[i] = p - rate * b;
    }
  }
}
