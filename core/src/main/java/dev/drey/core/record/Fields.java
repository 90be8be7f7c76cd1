package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;

/** The fields of one record. */
@FunctionalInterface
public interface Fields {

  /**
   * The value of a field; {@link FieldValue.Missing} if the record does not have it or it is null.
   *
   * @throws RejectedRecordException if the value exceeds a limit
   */
  FieldValue get(FieldPath path) throws RejectedRecordException;
}
