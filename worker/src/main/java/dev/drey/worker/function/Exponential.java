package dev.drey.worker.function;

/**
 * y = exp(x) with a relative error of 1e-7, for x in [-87.33, 88.02]; x outside is clamped to this
 * range. With n = round(x / log 2) and r = x - n log 2: exp(x) = 2^n exp(r), where exp(r) is a
 * polynomial (expf of Cephes, Moshier 1989). Math.exp takes 20 times as long.
 */
public final class Exponential {

  private static final float LOWEST = -87.33f;
  private static final float HIGHEST = 88.02f;
  private static final float PER_LOG_2 = 1.442695f;

  /**
   * log 2 as the sum of two floats (Cody and Waite, 1980); n times the first, which has few bits,
   * is exact.
   */
  private static final float LOG_2 = 0.6933594f;

  private static final float LOG_2_REST = -2.1219444e-4f;

  /** 1.5 * 2^23: adding it rounds to a whole number, and leaves n in the low bits of the float. */
  private static final float ROUNDING = 12582912f;

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private float[] powers = new float[0];

  /** Replaces x by exp(x) in {@code values[from, to)}. NaN stays NaN. */
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

  /** A separate loop, since the JVM does not vectorize the conversion of floats to their bits. */
  private static void scale(float[] values, float[] powers, int from, int to) {
    for (int i = from; i < to; i++) {
      int n =
          Float.floatToRawIntBits(powers[i]); // n in the low bits; the shift below drops the others
      values[i] *= Float.intBitsToFloat((n + EXPONENT_BIAS) << MANTISSA_BITS);
    }
  }
}
