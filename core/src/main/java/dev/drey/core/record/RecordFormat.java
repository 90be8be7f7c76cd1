package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.util.Optional;

/** How records are written; travels to the tasks. */
public interface RecordFormat extends Serializable {

  /**
   * A reader for one task.
   *
   * @param limits that keep one record from taking all memory
   */
  Parser open(RecordLimits limits);

  /** What is wrong with a field, as far as the format knows before any record: "is no column". */
  default Optional<String> fault(FieldPath path) {
    return Optional.empty();
  }

  /** Reads records. Not thread-safe. */
  @FunctionalInterface
  interface Parser {

    /**
     * The fields of a record, valid until the next is parsed.
     *
     * @param value no longer than the limit
     * @throws RejectedRecordException if it is not of the format, or past a limit
     */
    Fields parse(byte[] value) throws RejectedRecordException;
  }
}
