package dev.drey.job.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are whole or absent to every reader, whenever the writer dies. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, partial -> Files.write(partial, bytes));
  }

  static void write(Path file, Content content) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      content.writeTo(partial);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path partial) throws IOException;
  }
}
