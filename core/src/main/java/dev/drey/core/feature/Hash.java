package dev.drey.core.feature;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The hash of words and keys: the CRC-32 (ISO 3309) of their UTF-8 bytes, mixed by MurmurHash3's
 * finalizer (fmix32) because the CRCs of similar words differ in few bits only. Trained models
 * depend on it, so it must never change.
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
