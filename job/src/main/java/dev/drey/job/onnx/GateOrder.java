package dev.drey.job.onnx;

/**
 * The order of the gates of a recurrent layer, ours and ONNX's. ONNX's arrays have gates and units
 * in their first dimension, ours in their last.
 */
public enum GateOrder {
  /** Of a long short-term memory; ONNX calls g c. */
  LSTM("ifgo", "iofg"),
  /** Of a gated recurrent unit; ONNX calls n h. */
  GRU("rzn", "zrn");

  private final String ours;
  private final String others;

  GateOrder(String ours, String others) {
    this.ours = ours;
    this.others = others;
  }

  /** How many there are. */
  public int count() {
    return ours.length();
  }

  /**
   * From ours, [rows, gates x units], to ONNX's, [gates x units, rows].
   *
   * @param matrix only read
   */
  public float[] toOnnx(float[] matrix, int units) {
    int width = count() * units;
    int rows = matrix.length / width;
    float[] target = new float[matrix.length];
    for (int line = 0; line < width; line++) {
      int column = column(line, units);
      for (int row = 0; row < rows; row++) {
        target[line * rows + row] = matrix[row * width + column];
      }
    }
    return target;
  }

  /**
   * From ONNX's, [gates x units, rows], to ours, [rows, gates x units].
   *
   * @param matrix only read
   */
  public float[] fromOnnx(float[] matrix, int units) {
    int width = count() * units;
    int rows = matrix.length / width;
    float[] target = new float[matrix.length];
    for (int line = 0; line < width; line++) {
      int column = column(line, units);
      for (int row = 0; row < rows; row++) {
        target[row * width + column] = matrix[line * rows + row];
      }
    }
    return target;
  }

  /** Our column of a line of ONNX's. */
  private int column(int line, int units) {
    return ours.indexOf(others.charAt(line / units)) * units + line % units;
  }
}
