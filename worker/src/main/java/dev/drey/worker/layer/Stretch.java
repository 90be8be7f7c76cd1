package dev.drey.worker.layer;

/** Stretches of float arrays, in loops that the JVM turns into vector instructions. */
final class Stretch {

  private Stretch() {}

  /** target[from + i] += more[i] for i in [0, length). */
  static void add(float[] target, int from, float[] more, int length) {
    for (int i = 0; i < length; i++) {
      target[from + i] += more[i];
    }
  }

  /** x[from] + ... + x[from + length - 1], in eight sums side by side. */
  static float sum(float[] x, int from, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int to = from + length;
    int i = from;
    for (; i <= to - 8; i += 8) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    for (; i < to; i++) {
      a += x[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }
}
