package dev.drey.core.blob;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli, RFC 3720) of bytes, as eight lower-case hexadecimal digits. */
public final class Checksum {

  private Checksum() {}

  public static String of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return text(crc);
  }

  public static String text(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /**
   * Proves that the bytes match the checksum.
   *
   * @param name what the error calls the bytes
   * @throws CorruptBlobException if they do not
   */
  public static void verify(byte[] bytes, String expected, String name)
      throws CorruptBlobException {
    String actual = of(bytes);
    if (!actual.equals(expected)) {
      throw new CorruptBlobException(
          name + ": " + bytes.length + " bytes have CRC-32C " + actual + ", not " + expected);
    }
  }
}
