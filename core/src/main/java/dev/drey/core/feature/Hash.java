package dev.drey.core.feature;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The hash of words and keys: their UTF-8 bytes' CRC-32 (ISO 3309), mixed by MurmurHash3's
 * finalizer (fmix32), since a CRC of similar words differs in few bits. Models depend on it: it
 * never changes.
 */
final class Hash {

  private Hash() {}

  static int of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static int of(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    int hash = (int) crc.getValue();
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    hash ^= hash >>> 16;
    return hash;
  }
}
