package dev.drey.core.data;

/** Values of a data set as they are stored, [rows, width] in C order. Immutable and thread-safe. */
sealed interface StoredMatrix {

  /** The most values of one matrix, which is one Java array. */
  int MAX_VALUES = Integer.MAX_VALUE - 16;

  /** Number of values in a row. */
  int width();

  /** Number of rows. */
  int rows();

  /** Memory taken by the values, bytes. */
  long bytes();

  /** The stored value, not normalised. */
  float get(int row, int column);

  /** Whether a value can be NaN or infinite. */
  boolean mayHoldNonFinite();

  /** All values in C order, not normalised; may be the matrix's own array, not to be changed. */
  float[] toFloats();

  /**
   * Writes (x - mean) / deviation of one row to {@code target[at, at + width)}.
   *
   * @param mean one value per column
   * @param deviation one value per column
   */
  void copy(int row, float[] mean, float[] deviation, float[] target, int at);

  /** As above, with one mean and one deviation for all columns. */
  void copy(int row, Scaling scaling, float[] target, int at);

  /** (x - mean) / deviation with the same mean and deviation in every column. */
  final class Scaling {

    private final float mean;
    private final float deviation;
    private final float[] ofByte = new float[256];

    Scaling(float mean, float deviation) {
      this.mean = mean;
      this.deviation = deviation;
      for (int i = 0; i < ofByte.length; i++) {
        ofByte[i] = (i - mean) / deviation;
      }
    }

    private boolean changesNothing() {
      return mean == 0 && deviation == 1;
    }
  }

  /**
   * Values stored as unsigned bytes, with a quarter of the memory and memory traffic of floats.
   *
   * @param values owned by this record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] values, int width) implements StoredMatrix {

    @Override
    public int rows() {
      return values.length / width;
    }

    @Override
    public long bytes() {
      return values.length;
    }

    @Override
    public float get(int row, int column) {
      return values[row * width + column] & 0xff;
    }

    @Override
    public boolean mayHoldNonFinite() {
      return false;
    }

    @Override
    public float[] toFloats() {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values[i] & 0xff;
      }
      return floats;
    }

    @Override
    public void copy(int row, float[] mean, float[] deviation, float[] target, int at) {
      int from = row * width;
      for (int j = 0; j < width; j++) {
        target[at + j] = ((values[from + j] & 0xff) - mean[j]) / deviation[j];
      }
    }

    @Override
    public void copy(int row, Scaling scaling, float[] target, int at) {
      float[] table = scaling.ofByte;
      int from = row * width;
      for (int j = 0; j < width; j++) {
        target[at + j] = table[values[from + j] & 0xff];
      }
    }
  }

  /**
   * Values stored as floats, whatever type the file has.
   *
   * @param values owned by this record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Floats(float[] values, int width) implements StoredMatrix {

    @Override
    public int rows() {
      return width == 0 ? 0 : values.length / width;
    }

    @Override
    public long bytes() {
      return (long) values.length * Float.BYTES;
    }

    @Override
    public float get(int row, int column) {
      return values[row * width + column];
    }

    @Override
    public boolean mayHoldNonFinite() {
      return true;
    }

    @Override
    public float[] toFloats() {
      return values;
    }

    @Override
    public void copy(int row, float[] mean, float[] deviation, float[] target, int at) {
      int from = row * width;
      for (int j = 0; j < width; j++) {
        target[at + j] = (values[from + j] - mean[j]) / deviation[j];
      }
    }

    @Override
    public void copy(int row, Scaling scaling, float[] target, int at) {
      int from = row * width;
      if (scaling.changesNothing()) {
        System.arraycopy(values, from, target, at, width);
        return;
      }
      float mean = scaling.mean;
      float deviation = scaling.deviation;
      for (int j = 0; j < width; j++) {
        target[at + j] = (values[from + j] - mean) / deviation;
      }
    }
  }
}
