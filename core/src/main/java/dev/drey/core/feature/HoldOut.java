package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which records are held out for evaluation: those whose key's hash is below a limit, so that all
 * records of a key are on the same side.
 *
 * @param fraction of the keys, in [0, 1)
 * @param field the field that is the key, or null for the record's own key; a record without a key
 *     uses its position as key
 */
public record HoldOut(double fraction, @Nullable FieldPath field) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Holds out nothing. */
  public static final HoldOut NONE = new HoldOut(0, null);

  private static final double HASHES = 0x1p32;

  public HoldOut {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction is " + fraction + ", must be in [0, 1)");
    }
  }

  /**
   * Whether the record is held out.
   *
   * @throws RejectedRecordException if the key's field has a value that is not a word
   */
  boolean holds(RawRecord record, Fields fields) throws RejectedRecordException {
    return fraction > 0 && holds(key(record, fields));
  }

  /** Whether the record is held out by its own key, ignoring {@link #field}. */
  public boolean holds(RawRecord record) {
    return fraction > 0 && holds(key(record));
  }

  /** Whether records of this key are held out. */
  public boolean holds(byte[] key) {
    return Integer.toUnsignedLong(Hash.of(key)) < fraction * HASHES;
  }

  private byte[] key(RawRecord record, Fields fields) throws RejectedRecordException {
    if (field != null) {
      FieldValue value = fields.get(field);
      if (!(value instanceof FieldValue.Missing)) {
        return FieldReader.word(value, field).getBytes(StandardCharsets.UTF_8);
      }
      return record.position().toString().getBytes(StandardCharsets.UTF_8);
    }
    return key(record);
  }

  private static byte[] key(RawRecord record) {
    byte[] key = record.key();
    return key != null ? key : record.position().toString().getBytes(StandardCharsets.UTF_8);
  }
}
