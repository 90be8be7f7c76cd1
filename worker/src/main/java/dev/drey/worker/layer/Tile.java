package dev.drey.worker.layer;

import dev.drey.core.parameters.Floats;
import java.nio.FloatBuffer;

/**
 * A vector of parameters in parts (a bias per gate), each repeated for as many rows as are worked
 * on at a time: one long loop is faster than a short one per row.
 */
final class Tile {

  private final int units;
  private final FloatBuffer vector;
  private final float[][] values;

  /**
   * @param vector [parts * units]
   * @param rows the most that are worked on at a time
   */
  Tile(BlasMatrix vector, int parts, int units, int rows) {
    this.units = units;
    this.vector = vector.buffer();
    values = new float[parts][Math.multiplyExact(rows, units)];
  }

  /** Takes the vector as it is now. */
  void refresh() {
    for (int part = 0; part < values.length; part++) {
      for (int at = 0; at < values[part].length; at += units) {
        vector.get(part * units, values[part], at, units);
      }
    }
  }

  /** A part, [rows, units]; valid until the next refresh. */
  float[] of(int part) {
    return values[part];
  }

  /** Adds a part to whole rows, target[from, from + length). */
  void addTo(float[] target, int part, int from, int length) {
    Floats.addAt(target, from, values[part], length);
  }
}
