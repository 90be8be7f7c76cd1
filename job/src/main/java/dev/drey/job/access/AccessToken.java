package dev.drey.job.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** A random secret in a file that only its owner can read. Immutable. */
public final class AccessToken {

  private static final int BYTES = 32;

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /**
   * Writes a new token to a file, in place of an earlier one.
   *
   * @param file gets mode 0600 before it gets the token; directories above it are created
   */
  public static AccessToken create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    AccessToken token = new AccessToken(HexFormat.of().formatHex(random));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(token.text + "\n");
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    return token;
  }

  /**
   * Reads a token.
   *
   * @throws IOException if there is no such file, or its content is not a token
   */
  public static AccessToken read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
    if (text.length() != 2 * BYTES) {
      throw new IOException(
          file + " has a token of " + text.length() + " characters, must be " + 2 * BYTES);
    }
    return new AccessToken(text);
  }

  /** The value of the header {@code Authorization} with this token. */
  public String authorization() {
    return "Bearer " + text;
  }

  /**
   * Whether a header contains this token, as {@code Bearer TOKEN}, or as the password of {@code
   * Basic}, which a browser asks its user for. The time that it takes depends on no secret.
   *
   * @param authorization value of the header {@code Authorization}
   */
  boolean isIn(String authorization) {
    String header = authorization.trim();
    String scheme = header.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return matches(header.substring(BEARER.length()).trim());
    }
    return scheme.startsWith(BASIC) && matches(password(header.substring(BASIC.length()).trim()));
  }

  private static String password(String credentials) {
    try {
      String decoded =
          new String(Base64.getDecoder().decode(credentials), StandardCharsets.ISO_8859_1);
      return decoded.substring(decoded.indexOf(':') + 1).trim();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private boolean matches(String other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.ISO_8859_1), other.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AccessToken";
  }
}
