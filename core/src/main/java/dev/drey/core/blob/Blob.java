package dev.drey.core.blob;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.net.URI;

/**
 * Bytes of a message: inside it ({@link Inline}) or at a URI beside it ({@link Reference}). Either
 * way they carry their CRC-32C (Castagnoli, RFC 3720), as eight lower-case hexadecimal digits.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Blob.Inline.class), @JsonSubTypes.Type(Blob.Reference.class)})
public sealed interface Blob extends Serializable {

  /** The checksum of the bytes. */
  String crc32c();

  /**
   * Bytes inside the message.
   *
   * @param base64 the bytes, which JSON shows in base64; owned by this record, not to be changed
   * @param crc32c their checksum
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost a memory pass
  record Inline(
      @JsonProperty(value = "base64", required = true) byte[] base64,
      @JsonProperty(value = "crc32c", required = true) String crc32c)
      implements Blob {

    /** Wraps the bytes, which pass into the record's ownership. */
    public static Inline of(byte[] bytes) {
      return new Inline(bytes, Checksum.of(bytes));
    }

    /**
     * The bytes, once they are proven whole.
     *
     * @throws CorruptBlobException if they do not match the checksum
     */
    public byte[] verified() throws CorruptBlobException {
      Checksum.verify(base64, crc32c, "inline blob");
      return base64;
    }
  }

  /**
   * Bytes at a URI.
   *
   * @param uri where they lie; written once and never changed
   * @param bytes how many there are
   * @param crc32c their checksum
   */
  record Reference(
      @JsonProperty(value = "uri", required = true) URI uri,
      @JsonProperty(value = "bytes", required = true) long bytes,
      @JsonProperty(value = "crc32c", required = true) String crc32c)
      implements Blob {}
}
