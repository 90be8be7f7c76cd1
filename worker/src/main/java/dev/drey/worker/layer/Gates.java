package dev.drey.worker.layer;

import java.nio.FloatBuffer;

/**
 * What gates are computed from at one step, or the gradients by it: a matrix for BLAS, [n, gates *
 * units]. Its values are worked on in heap arrays of one gate each, in loops that the JVM turns
 * into vector instructions; a few rows at a time are copied there and back, which stay in the
 * fastest cache.
 */
final class Gates {

  private final int units;
  private final int width;
  private final BlasMatrix matrix;
  private final FloatBuffer buffer;

  Gates(int examples, int gates, int units) {
    this.units = units;
    width = Math.multiplyExact(gates, units);
    matrix = BlasMatrix.zeros(examples, width);
    buffer = matrix.buffer();
  }

  /** How many of n rows to work on at a time. */
  static int rows(int units, int n) {
    return Math.min(n, Math.max(1, HostMemory.BLOCK / units));
  }

  BlasMatrix matrix() {
    return matrix;
  }

  /** All rows of count gates from this one on. */
  BlasMatrix columns(int gate, int count) {
    return matrix.columns(gate * units, count * units);
  }

  /** Copies some rows of one gate to an array, to follow each other from {@code at} on. */
  void read(int gate, int row, int count, float[] target, int at) {
    for (int r = 0; r < count; r++) {
      buffer.get((row + r) * width + gate * units, target, at + r * units, units);
    }
  }

  /** Copies some rows of one gate from the start of an array. */
  void write(int gate, int row, int count, float[] from) {
    for (int r = 0; r < count; r++) {
      buffer.put((row + r) * width + gate * units, from, r * units, units);
    }
  }
}
