package dev.drey.worker.layer;

/**
 * Sums over neighbouring channels, for a block of places; channels beyond either end are zero. The
 * places are copied to rows with zeros between them, so that the sums are long loops over all of
 * them, which the JVM vectorises.
 */
final class ChannelWindow {

  private static final int BLOCK = 4096;

  private final int size;
  private final int before;
  private final int channels;
  private final int stride;
  private final float[] rows;
  private final float[] sums;

  /**
   * A window.
   *
   * @param size how many channels are summed
   * @param before how many of them lie below the one in question
   * @param channels of a place
   */
  ChannelWindow(int size, int before, int channels) {
    this.size = size;
    this.before = before;
    this.channels = channels;
    stride = channels + size - 1;
    sums = new float[places(size, channels) * stride];
    rows = new float[sums.length + size - 1];
  }

  /** How many places are done at once. */
  static int places(int size, int channels) {
    return Math.max(1, BLOCK / (channels + size - 1));
  }

  /**
   * target[c] = the sum of the values around c.
   *
   * @param count of values; whole places, at most as many as are done at once
   */
  void sums(float[] values, int count, float[] target) {
    int places = count / channels;
    for (int place = 0; place < places; place++) { // what lies between them stays zero
      System.arraycopy(values, place * channels, rows, place * stride + before, channels);
    }
    int length = places * stride;
    System.arraycopy(rows, 0, sums, 0, length);
    for (int j = 1; j < size; j++) {
      for (int i = 0; i < length; i++) {
        sums[i] += rows[i + j];
      }
    }
    for (int place = 0; place < places; place++) {
      System.arraycopy(sums, place * stride, target, place * channels, channels);
    }
  }
}
