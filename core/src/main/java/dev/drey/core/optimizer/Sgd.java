package dev.drey.core.optimizer;

import dev.drey.core.parameters.Range;

/** p -= rate g. Robbins and Monro (1951). */
public record Sgd() implements Optimizer {

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public int moments() {
    return 0;
  }

  @Override
  public void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
    Vectors.check(this, parameters, gradientSum, moments, range);
    float scale = update.scale();
    float rate = update.rate();
    float l2 = update.l2();
    for (int i = range.from(); i < range.to(); i++) {
      float p = parameters[i];
      parameters[i] = p - rate * (gradientSum[i] * scale + l2 * p);
    }
  }
}
