package dev.drey.worker.layer;

import java.nio.FloatBuffer;

/**
 * The gates of a recurrent layer at every step: off-heap as a matrix for BLAS, [time * n, gates *
 * units] with the time first, and in heap arrays per gate, each [time * n, units], for loops that
 * the JVM turns into vector instructions. Between the two go bulk copies, of a few rows at a time
 * so that they stay in the fastest cache.
 */
final class Gates {

  private static final int BLOCK = 2048; // values of a gate

  private final int units;
  private final Matrix matrix;
  private final FloatBuffer buffer;
  private final float[][] values;

  Gates(int rows, int gates, int units) {
    this.units = units;
    matrix = Matrix.zeros(rows, Math.multiplyExact(gates, units));
    buffer = matrix.buffer();
    values = new float[gates][Math.multiplyExact(rows, units)];
  }

  /** How many rows to work on at a time. */
  static int blockRows(int units) {
    return Math.max(1, BLOCK / units);
  }

  Matrix matrix() {
    return matrix;
  }

  /** One gate, [time * n, units]. */
  float[] of(int gate) {
    return values[gate];
  }

  /** Copies some rows from the matrix to the arrays and adds the bias. */
  void read(int row, int count, Tile bias) {
    int width = values.length * units;
    for (int gate = 0; gate < values.length; gate++) {
      float[] target = values[gate];
      for (int r = row; r < row + count; r++) {
        buffer.get(r * width + gate * units, target, r * units, units);
      }
      bias.addTo(target, gate, row * units, count * units);
    }
  }

  /** Copies the rows of one gate, which start at {@code from[0]}, to the matrix. */
  void write(int gate, int row, int count, float[] from) {
    int width = values.length * units;
    for (int r = 0; r < count; r++) {
      buffer.put((row + r) * width + gate * units, from, r * units, units);
    }
  }
}
