package dev.drey.worker.layer;

import java.nio.FloatBuffer;

/**
 * What gates are computed from, or the gradients by it, at every step: a matrix for BLAS, [time *
 * n, gates * units] with the time first. Its values are worked on in heap arrays of one gate each,
 * in loops that the JVM turns into vector instructions; bulk copies go to and fro, of a few rows at
 * a time so that they stay in the fastest cache.
 */
final class Gates {

  private static final int BLOCK = 2048; // values of a gate

  private final int units;
  private final int width;
  private final Matrix matrix;
  private final FloatBuffer buffer;

  Gates(int rows, int gates, int units) {
    this.units = units;
    width = Math.multiplyExact(gates, units);
    matrix = Matrix.zeros(rows, width);
    buffer = matrix.buffer();
  }

  /** How many rows to work on at a time. */
  static int blockRows(int units) {
    return Math.max(1, BLOCK / units);
  }

  Matrix matrix() {
    return matrix;
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
