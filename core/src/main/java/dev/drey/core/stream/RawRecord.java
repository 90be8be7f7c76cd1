package dev.drey.core.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record of a stream, not yet decoded; or what stands in its place for records that are lost.
 *
 * @param position where it is in the stream; of lost records, where the first of them was
 * @param timestamp when it was written, milliseconds since 1970
 * @param key its bytes, or null; owned by the record, not to be changed
 * @param value its bytes, or null; owned by the record, not to be changed
 * @param lost number of offsets, from {@code position} on, whose records were deleted before they
 *     were read; 0 for a record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawRecord(
    Position position, long timestamp, byte @Nullable [] key, byte @Nullable [] value, long lost) {

  public RawRecord {
    if (lost < 0) {
      throw new IllegalArgumentException(
          position + ": " + lost + " records are lost, must be at least 0");
    }
  }

  /** A record that exists. */
  public RawRecord(
      Position position, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
    this(position, timestamp, key, value, 0);
  }

  /**
   * What stands in place of lost records.
   *
   * @param first where the first of them was
   * @param count at least 1
   */
  public static RawRecord lost(Position first, long count) {
    return new RawRecord(first, 0, null, null, count);
  }

  /** Whether this stands in place of records that are lost. */
  public boolean isLost() {
    return lost > 0;
  }
}
