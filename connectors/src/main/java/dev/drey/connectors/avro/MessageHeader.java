package dev.drey.connectors.avro;

import dev.drey.core.stream.RejectedRecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The header in front of a record's data.
 *
 * @param fingerprint the schema's CRC-64-AVRO
 */
record MessageHeader(AvroFormat.Framing framing, long fingerprint) {

  private static final int SINGLE_OBJECT_BYTES = 10;
  private static final int CONFLUENT_BYTES = 5;

  static MessageHeader of(AvroFormat.Framing framing, Schema schema) {
    return new MessageHeader(framing, SchemaNormalization.parsingFingerprint64(schema));
  }

  /** Checks the header; returns the index at which the data start. */
  int check(byte[] value) throws RejectedRecordException {
    return switch (framing) {
      case BINARY -> 0;
      case SINGLE_OBJECT -> checkFingerprint(value);
      case CONFLUENT -> {
        if (value.length < CONFLUENT_BYTES || value[0] != 0) {
          throw new RejectedRecordException("does not begin with Confluent's byte of 0");
        }
        yield CONFLUENT_BYTES;
      }
    };
  }

  private int checkFingerprint(byte[] value) throws RejectedRecordException {
    if (value.length < SINGLE_OBJECT_BYTES || value[0] != (byte) 0xC3 || value[1] != 1) {
      throw new RejectedRecordException("does not begin as Avro's single-object encoding");
    }
    long found = ByteBuffer.wrap(value, 2, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (found != fingerprint) {
      throw new RejectedRecordException(
          "is written with the schema of fingerprint %016x, must be %016x"
              .formatted(found, fingerprint));
    }
    return SINGLE_OBJECT_BYTES;
  }
}
