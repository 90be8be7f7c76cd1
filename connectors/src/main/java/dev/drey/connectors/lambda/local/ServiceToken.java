package dev.drey.connectors.lambda.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random secret of 256 bits, which callers must know. Immutable. */
final class ServiceToken {

  /** Length of its text, in hexadecimal digits. */
  static final int LENGTH = 64;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private ServiceToken(String text) {
    this.text = text;
  }

  static ServiceToken random() {
    byte[] bytes = new byte[LENGTH / 2];
    RANDOM.nextBytes(bytes);
    return new ServiceToken(HexFormat.of().formatHex(bytes));
  }

  /** The secret itself: not for logs, messages or arguments. */
  String text() {
    return text;
  }

  /** Compares in a time that does not depend on where the texts differ. */
  boolean equalTo(String candidate) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes it to a new file that only this user can read; replaces that of an earlier service. */
  void write(Path file) throws IOException {
    Files.deleteIfExists(file);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("token file " + file + " is written by another service", e);
    }
    Files.writeString(file, text);
  }

  @Override
  public String toString() {
    return "ServiceToken(hidden)";
  }
}
