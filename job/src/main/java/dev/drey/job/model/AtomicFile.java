package dev.drey.job.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files atomically: a reader sees all of a file or none, even if the writer dies or the
 * machine loses its power. A file that was written is on the disk.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Replaces the file by these bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, partial -> Files.write(partial, bytes));
  }

  static void write(Path file, Content content) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      content.writeTo(partial);
      Durable.force(partial);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Durable.forceNames(file.toAbsolutePath().getParent());
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Writes the content to a temporary file beside the final one. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path partial) throws IOException;
  }
}
