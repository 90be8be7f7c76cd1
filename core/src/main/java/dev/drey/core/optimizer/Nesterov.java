package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/**
 * b = momentum b + g; p -= rate (g + momentum b). Nesterov (1983), as Sutskever et al. (2013) write
 * it.
 *
 * @param momentum in (0, 1)
 */
public record Nesterov(float momentum) implements Optimizer {

  public static final Nesterov DEFAULT = new Nesterov(0.9f);

  public Nesterov {
    Vectors.checkShare("momentum", momentum);
    if (momentum == 0) {
      throw new IllegalArgumentException("nesterov: momentum is 0, must be in (0, 1)");
    }
  }

  @Override
  public String name() {
    return "nesterov";
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
      float g = gradientSum[i] * scale + l2 * p;
      float b = mu * velocity[i] + g;
      velocity[i] = b;
      parameters[i] = p - rate * (g + mu * b);
    }
  }
}
