package dev.drey.worker.function;

/**
 * y = tanh x as a quotient of two polynomials (Eigen's ptanh) with a relative error of 3e-7; |x| is
 * clamped to 7.905, beyond which tanh rounds to 1. f' = 1 - y^2.
 */
final class Tanh implements Elementwise {

  private static final float END = 7.905311f;

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(-END, Math.min(END, values[i]));
      float q = x * x;
      float p = -2.7607684e-16f;
      p = p * q + 2.000188e-13f;
      p = p * q - 8.604672e-11f;
      p = p * q + 5.1222973e-8f;
      p = p * q + 1.48572235e-5f;
      p = p * q + 6.3726195e-4f;
      p = p * q + 0.0048935246f;
      float d = 1.1982584e-6f;
      d = d * q + 1.1853471e-4f;
      d = d * q + 0.0022684347f;
      d = d * q + 0.004893525f;
      values[i] = x * p / d;
    }
  }

  @Override
  public void backward(float[] values, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      gradient[i] *= 1 - values[i] * values[i];
    }
  }
}
