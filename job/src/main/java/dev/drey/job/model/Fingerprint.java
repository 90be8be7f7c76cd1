package dev.drey.job.model;

import dev.drey.core.parameters.Floats;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Shows that vectors have the same bits: the SHA-256 of their values, one vector after the other,
 * each value as 4 little-endian bytes in IEEE 754. It covers the numbers, not a file, so any
 * program can compute it: {@code sha256(array.astype('<f4').tobytes())} in NumPy.
 */
public final class Fingerprint {

  private static final int BLOCK_FLOATS = 1 << 16;

  private Fingerprint() {}

  /** The fingerprint as 64 hexadecimal digits, in lower case. */
  public static String of(float[]... vectors) {
    MessageDigest digest = sha256();
    for (float[] vector : vectors) {
      for (int at = 0; at < vector.length; at += BLOCK_FLOATS) {
        int end = Math.min(vector.length, at + BLOCK_FLOATS);
        digest.update(Floats.toBytes(Arrays.copyOfRange(vector, at, end)));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
