package dev.drey.core.stream;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Makes examples of one partition's records, in their order. What it learns on the way, as the
 * running statistics of a number, belongs to the partition: it is kept with the partition's offset,
 * so that a replay makes the same examples again. Not thread-safe.
 */
public interface Encoder {

  /**
   * The record's example.
   *
   * @throws RejectedRecordException if none can be made of it; nothing was learnt from it then
   */
  Example encode(RawRecord record) throws RejectedRecordException;

  /** What was learnt so far, as bytes of a versioned format; the caller's. */
  byte[] learnt();

  /** Makes encoders; travels to the tasks. */
  interface Factory extends Serializable {

    /**
     * An encoder of one partition.
     *
     * @param learnt by the one before it, or null to begin anew
     * @throws IllegalArgumentException if the bytes are of another format or other fields
     */
    Encoder open(byte @Nullable [] learnt);

    /** Numbers of an example. */
    int features();

    /** Numbers of its label. */
    int labels();
  }
}
