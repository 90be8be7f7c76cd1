package dev.drey.worker.function;

/**
 * y = exp(x) to 1e-7 relative, for x in [-87.33, 88.02]; outside, the value at the nearer end. With
 * n = x / log 2 rounded and r = x - n log 2: exp(x) = 2^n exp(r), exp(r) a polynomial (Cephes'
 * expf). Math.exp takes 20 times as long.
 */
public final class Exponential {

  private static final float LOWEST = -87.33f;
  private static final float HIGHEST = 88.02f;
  private static final float PER_LOG_2 = 1.442695f;

  /** log 2 in two parts, the first so short that n times it is exact. */
  private static final float LOG_2 = 0.6933594f;

  private static final float LOG_2_REST = -2.1219444e-4f;

  /** 1.5 * 2^23: a float this large has no fraction, and n stands in its last bits. */
  private static final float ROUNDING = 12582912f;

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private float[] powers = new float[0];

  /** Replaces x by exp(x), for values [from, to). NaN stays NaN. */
  public void apply(float[] values, int from, int to) {
    if (powers.length < to) {
      powers = new float[to];
    }
    polynomials(values, powers, from, to);
    scale(values, powers, from, to);
  }

  private static void polynomials(float[] values, float[] powers, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(LOWEST, Math.min(HIGHEST, values[i]));
      float shifted = x * PER_LOG_2 + ROUNDING;
      float n = shifted - ROUNDING;
      float r = x - n * LOG_2 - n * LOG_2_REST;
      float p = 1.9875691e-4f;
      p = p * r + 0.0013981999f;
      p = p * r + 0.008333452f;
      p = p * r + 0.041665796f;
      p = p * r + 0.16666666f;
      p = p * r + 0.5f;
      values[i] = p * r * r + r + 1;
      powers[i] = shifted;
    }
  }

  /** A loop of its own: the JVM has no vectors for the way from floats to their bits. */
  private static void scale(float[] values, float[] powers, int from, int to) {
    for (int i = from; i < to; i++) {
      int n = Float.floatToRawIntBits(powers[i]); // its last bits, which are all that remains
      values[i] *= Float.intBitsToFloat((n + EXPONENT_BIAS) << MANTISSA_BITS);
    }
  }
}
