package dev.drey.worker.function;

/**
 * GELU of Hendrycks and Gimpel (2016): y = x P(x) with P(x) = (1 + erf(x / sqrt 2)) / 2, the normal
 * distribution function; f' = P(x) + x p(x) with p its density. erf is a quotient of two
 * polynomials (Eigen's perf) with an error of 5e-7.
 */
final class Gelu implements Elementwise {

  private static final float END = 4;
  private static final float ROOT_OF_HALF = 0.70710677f;
  private static final float DENSITY_AT_0 = 0.3989423f;

  private final Exponential exponential = new Exponential();
  private float[] distribution = new float[0];
  private float[] density = new float[0];

  @Override
  public boolean derivesFromInput() {
    return true;
  }

  @Override
  public void forward(float[] values, int from, int to) {
    distribute(values, from, to);
    float[] p = distribution;
    for (int i = from; i < to; i++) {
      values[i] *= p[i];
    }
  }

  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {
    distribute(values, from, to);
    for (int i = from; i < to; i++) {
      density[i] = -0.5f * values[i] * values[i];
    }
    exponential.apply(density, from, to);
    float[] p = distribution;
    float[] d = density;
    for (int i = from; i < to; i++) {
      gradient[i] *= p[i] + DENSITY_AT_0 * values[i] * d[i];
    }
  }

  private void distribute(float[] values, int from, int to) {
    if (distribution.length < to) {
      distribution = new float[to];
      density = new float[to];
    }
    float[] p = distribution;
    for (int i = from; i < to; i++) {
      float x = Math.max(-END, Math.min(END, ROOT_OF_HALF * values[i]));
      p[i] = 0.5f + 0.5f * x * numerator(x * x) / denominator(x * x);
    }
  }

  private static float numerator(float q) {
    float p = -2.7261424e-10f;
    p = p * q + 2.7706815e-8f;
    p = p * q - 2.101024e-6f;
    p = p * q - 5.6925062e-5f;
    p = p * q - 7.3499064e-4f;
    p = p * q - 0.0029546f;
    return p * q - 0.016096033f;
  }

  private static float denominator(float q) {
    float p = -1.45660715e-5f;
    p = p * q - 2.1337405e-4f;
    p = p * q - 0.001682827f;
    p = p * q - 0.0073733293f;
    return p * q - 0.014264739f;
  }
}
