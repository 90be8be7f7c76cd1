package dev.drey.core.parameters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Loops over flat {@code float} vectors. They allocate nothing and vectorise under C2. */
public final class Floats {

  private Floats() {}

  // One index for all arrays: with an offset of its own for each, HotSpot does not vectorise, and
  // the loops run at a fifth of their speed. An offset for one array alone does no harm.

  /** y[i] += a[i] for i in [from, to). */
  public static void add(float[] y, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += a[i];
    }
  }

  /** y[at + i] += a[i] for i in [0, length). */
  public static void addAt(float[] y, int at, float[] a, int length) {
    for (int i = 0; i < length; i++) {
      y[at + i] += a[i];
    }
  }

  /** As {@link #sumOfSquares(float[], int, int)}, of all values. */
  public static double sumOfSquares(float[] x) {
    return sumOfSquares(x, 0, x.length);
  }

  /**
   * The sum of squares of x[i], i in [from, to), in double precision: four interleaved sums, added
   * at the end, so that its bits are fixed and the additions need not wait for one another.
   */
  public static double sumOfSquares(float[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = from + ((to - from) & ~3);
    for (int i = from; i < whole; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (int i = whole; i < to; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The first index whose value is NaN or infinite, or -1. */
  public static int firstNotFinite(float[] x) {
    if (Float.isFinite(sum(x, 0, x.length))) {
      return -1; // one NaN or infinity makes the sum one, too; so may finite values, by overflow
    }
    for (int i = 0; i < x.length; i++) {
      if (!Float.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The sum of x[i], i in [from, to), in eight interleaved ones. HotSpot does not vectorise
   * reductions; with eight the additions need not wait for one another, and the loop reads as fast
   * as memory delivers.
   */
  public static float sum(float[] x, int from, int to) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = from + ((to - from) & ~7);
    for (int i = from; i < whole; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (int i = whole; i < to; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** y[i] = share y[i] + (1 - share) scale a[i] for i in [from, to). */
  public static void average(float[] y, float share, float[] a, float scale, int from, int to) {
    float rest = (1 - share) * scale;
    for (int i = from; i < to; i++) {
      y[i] = share * y[i] + rest * a[i];
    }
  }

  /** The values as little-endian IEEE 754 single precision, four bytes each. */
  public static byte[] toBytes(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * Decodes what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the length is not a multiple of four
   */
  public static float[] fromBytes(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          bytes.length + " bytes are not a whole number of floats, " + Float.BYTES + " bytes each");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    littleEndian(bytes).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
