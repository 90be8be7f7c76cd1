package dev.drey.core.record;

import java.io.Serializable;

/**
 * Size limits of one record.
 *
 * @param bytes most bytes of its value
 * @param depth deepest nesting of objects and arrays
 * @param items most items of an array
 */
public record RecordLimits(int bytes, int depth, int items) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The limits for Kafka's default of the largest record, 1 MiB. */
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

  /** The limits of a record of at most this many bytes; an item takes at least one byte. */
  public static RecordLimits ofBytes(int bytes) {
    return new RecordLimits(bytes, DEFAULT_DEPTH, bytes);
  }
}
