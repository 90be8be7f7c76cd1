package dev.drey.core.record;

import java.io.Serializable;

/**
 * The most that one record may have.
 *
 * @param bytes of its value
 * @param depth of objects and arrays within each other
 * @param items of one array
 */
public record RecordLimits(int bytes, int depth, int items) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Kafka's own largest record, by default. */
  public static final RecordLimits DEFAULT = ofBytes(1 << 20);

  private static final int DEFAULT_DEPTH = 32;

  public RecordLimits {
    if (bytes < 1 || depth < 1 || items < 1) {
      throw new IllegalArgumentException(
          "limits are "
              + bytes
              + " bytes, depth "
              + depth
              + ", "
              + items
              + " items; each must be at least 1");
    }
  }

  /** Of a record of at most so many bytes: an item takes one of them at least. */
  public static RecordLimits ofBytes(int bytes) {
    return new RecordLimits(bytes, DEFAULT_DEPTH, bytes);
  }
}
