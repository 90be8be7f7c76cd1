package dev.drey.core.parameters;

/**
 * Sums of a few vectors, with the brackets of halving: the left part has one more of an odd number,
 * as in ((a + b) + c) + (d + e). Each is one loop that reads every vector once and has no
 * temporary, since the speed of sums is that of memory. Allocates nothing and vectorises under C2,
 * which takes a loop of its own for every number of vectors, with one index for all of them.
 */
public final class Halves {

  /** The most vectors that there is a loop for. */
  public static final int MOST = 8;

  private Halves() {}

  /**
   * Writes y[i] = the sum of all x[.][i], for i in [from, to).
   *
   * @param x 1 to {@value #MOST} vectors
   */
  public static void sum(float[] y, float[][] x, int from, int to) {
    switch (x.length) {
      case 1 -> System.arraycopy(x[0], from, y, from, to - from);
      case 2 -> sum(y, x[0], x[1], from, to);
      case 3 -> sum(y, x[0], x[1], x[2], from, to);
      case 4 -> sum(y, x[0], x[1], x[2], x[3], from, to);
      case 5 -> sum(y, x[0], x[1], x[2], x[3], x[4], from, to);
      case 6 -> sum(y, x[0], x[1], x[2], x[3], x[4], x[5], from, to);
      case 7 -> sum(y, x[0], x[1], x[2], x[3], x[4], x[5], x[6], from, to);
      case 8 -> sum(y, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], from, to);
      default -> throw tooMany(x);
    }
  }

  /**
   * Adds the sum of all x[.][i], which is taken first, to y[i], for i in [from, to).
   *
   * @param x 1 to {@value #MOST} vectors
   */
  public static void add(float[] y, float[][] x, int from, int to) {
    switch (x.length) {
      case 1 -> Floats.add(y, x[0], from, to);
      case 2 -> add(y, x[0], x[1], from, to);
      case 3 -> add(y, x[0], x[1], x[2], from, to);
      case 4 -> add(y, x[0], x[1], x[2], x[3], from, to);
      case 5 -> add(y, x[0], x[1], x[2], x[3], x[4], from, to);
      case 6 -> add(y, x[0], x[1], x[2], x[3], x[4], x[5], from, to);
      case 7 -> add(y, x[0], x[1], x[2], x[3], x[4], x[5], x[6], from, to);
      case 8 -> add(y, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], from, to);
      default -> throw tooMany(x);
    }
  }

  private static IllegalArgumentException tooMany(float[][] x) {
    return new IllegalArgumentException(x.length + " vectors, must be 1 to " + MOST);
  }

  private static void sum(float[] y, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = a[i] + b[i];
    }
  }

  private static void add(float[] y, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += a[i] + b[i];
    }
  }

  private static void sum(float[] y, float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (a[i] + b[i]) + c[i];
    }
  }

  private static void add(float[] y, float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += (a[i] + b[i]) + c[i];
    }
  }

  private static void sum(float[] y, float[] a, float[] b, float[] c, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (a[i] + b[i]) + (c[i] + d[i]);
    }
  }

  private static void add(float[] y, float[] a, float[] b, float[] c, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += (a[i] + b[i]) + (c[i] + d[i]);
    }
  }

  private static void sum(
      float[] y, float[] a, float[] b, float[] c, float[] d, float[] e, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = ((a[i] + b[i]) + c[i]) + (d[i] + e[i]);
    }
  }

  private static void add(
      float[] y, float[] a, float[] b, float[] c, float[] d, float[] e, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += ((a[i] + b[i]) + c[i]) + (d[i] + e[i]);
    }
  }

  private static void sum(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] = ((a[i] + b[i]) + c[i]) + ((d[i] + e[i]) + f[i]);
    }
  }

  private static void add(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] += ((a[i] + b[i]) + c[i]) + ((d[i] + e[i]) + f[i]);
    }
  }

  private static void sum(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      float[] g,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] = ((a[i] + b[i]) + (c[i] + d[i])) + ((e[i] + f[i]) + g[i]);
    }
  }

  private static void add(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      float[] g,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] += ((a[i] + b[i]) + (c[i] + d[i])) + ((e[i] + f[i]) + g[i]);
    }
  }

  private static void sum(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      float[] g,
      float[] h,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] = ((a[i] + b[i]) + (c[i] + d[i])) + ((e[i] + f[i]) + (g[i] + h[i]));
    }
  }

  private static void add(
      float[] y,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] e,
      float[] f,
      float[] g,
      float[] h,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      y[i] += ((a[i] + b[i]) + (c[i] + d[i])) + ((e[i] + f[i]) + (g[i] + h[i]));
    }
  }
}
