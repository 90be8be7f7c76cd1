package dev.drey.core.stream;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the records of one partition as examples, in their order. What it learns from them
 * (running statistics of columns) is stored with the partition's offset, so that reading from that
 * offset again gives the same examples. Not thread-safe.
 */
public interface Encoder {

  /**
   * Encodes a record.
   *
   * @throws RejectedRecordException if the record cannot be encoded; the encoder's state is then
   *     unchanged
   */
  Example encode(RawRecord record) throws RejectedRecordException;

  /** The learnt statistics in a versioned format; the caller owns the array. */
  byte[] learnt();

  /** Creates encoders. Serialized to the tasks. */
  interface Factory extends Serializable {

    /**
     * Opens an encoder for one partition.
     *
     * @param learnt from {@link #learnt} of the partition's previous encoder, or null to start
     *     without
     * @throws IllegalArgumentException if the statistics have another format or belong to other
     *     fields
     */
    Encoder open(byte @Nullable [] learnt);

    /** Number of features of an example. */
    int features();

    /** Number of label values of an example. */
    int labels();
  }
}
