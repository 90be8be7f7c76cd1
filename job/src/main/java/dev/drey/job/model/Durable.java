package dev.drey.job.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes that outlive a power failure: what these methods have written is on the disk when they
 * return. Without that, a renamed file may be empty after a crash of the machine, or gone.
 */
public final class Durable {

  private Durable() {}

  /** Waits until a file's content is on the disk. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Waits until the names in a directory are on the disk: those of files that were created, renamed
   * or deleted in it.
   */
  public static void forceNames(Path directory) throws IOException {
    force(directory); // Linux opens a directory like a file that can only be read
  }

  /** Appends lines to a file, which is created if it is missing. */
  public static void append(Path file, String lines) throws IOException {
    boolean created = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (created) {
      forceNames(file.toAbsolutePath().getParent());
    }
  }

  /** Deletes a file, if it exists; it does not come back after a crash. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceNames(file.toAbsolutePath().getParent());
    }
  }
}
