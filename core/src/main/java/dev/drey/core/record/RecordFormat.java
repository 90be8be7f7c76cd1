package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.Optional;

/** The serialization format of a stream's records. Serialized to the tasks. */
public interface RecordFormat extends Serializable {

  /**
   * Opens a parser for one task.
   *
   * @param limits size limits, which keep one record from exhausting memory
   */
  Parser open(RecordLimits limits);

  /** What is wrong with a field's path, as far as known before any record: "is not a column". */
  default Optional<String> fault(FieldPath path) {
    return Optional.empty();
  }

  /** Parses records. Not thread-safe. */
  @FunctionalInterface
  interface Parser {

    /**
     * The fields of a record, valid until the next record is parsed.
     *
     * @param value the record's value, no longer than the limit
     * @throws RejectedRecordException if it is not in this format, or exceeds a limit
     */
    Fields parse(byte[] value) throws RejectedRecordException;
  }
}
