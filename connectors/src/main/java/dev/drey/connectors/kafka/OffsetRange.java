package dev.drey.connectors.kafka;

/**
 * The offsets that a partition has. Compacted records and the marks of transactions leave holes in
 * the range, which are not lost records.
 *
 * @param earliest the first offset that can be read
 * @param end the offset of the next record to be written, at least {@code earliest}
 */
record OffsetRange(long earliest, long end) {

  /** Whether reading can continue at an offset; the end is such an offset. */
  boolean contains(long offset) {
    return earliest <= offset && offset <= end;
  }
}
