package dev.drey.worker.layer;

import java.nio.FloatBuffer;

/** A bias per gate, repeated for as many rows as are worked on at a time: long loops are fast. */
final class Tile {

  private final int units;
  private final FloatBuffer bias;
  private final float[][] values;

  /**
   * @param bias [gates * units]
   * @param rows at least as many as are ever added to at a time
   */
  Tile(Matrix bias, int gates, int units, int rows) {
    this.units = units;
    this.bias = bias.buffer();
    values = new float[gates][rows * units];
  }

  /** Takes the bias as it is now. */
  void refresh() {
    for (int gate = 0; gate < values.length; gate++) {
      float[] target = values[gate];
      for (int at = 0; at < target.length; at += units) {
        bias.get(gate * units, target, at, units);
      }
    }
  }

  /** Adds the gate's bias to whole rows, target[from, from + length). */
  void addTo(float[] target, int gate, int from, int length) {
    float[] tile = values[gate];
    for (int i = 0; i < length; i++) {
      target[from + i] += tile[i];
    }
  }
}
