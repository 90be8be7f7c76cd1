package dev.drey.core.record;

import dev.drey.core.stream.RejectedRecordException;

/** The fields of one record. */
@FunctionalInterface
public interface Fields {

  /**
   * What the field has; {@link FieldValue.Missing} if there is none, or null.
   *
   * @throws RejectedRecordException if it is too large to look at
   */
  FieldValue get(FieldPath path) throws RejectedRecordException;
}
