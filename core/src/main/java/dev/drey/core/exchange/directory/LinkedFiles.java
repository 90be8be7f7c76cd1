package dev.drey.core.exchange.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reuses files that others delete. The file a reader sees is a hard link to a spare file of this
 * object (its name, with a dot in front). When the reader has deleted it, the spare has one link
 * left and may be written over; so a reader deletes a file only once it has read it. One spare is
 * kept; while a reader has it, files are written that are not used again.
 */
final class LinkedFiles implements FileReuse {

  /** Taken out by the thread that writes. */
  private final AtomicReference<@Nullable Path> kept = new AtomicReference<>();

  @Override
  public String write(Path file, Content content) throws IOException {
    Path spare = kept.getAndSet(null);
    int links = spare == null ? 0 : links(spare);
    if (spare != null && links == 1) {
      try {
        String crc32c = fill(spare, StandardOpenOption.WRITE, content);
        Files.createLink(file, spare);
        keep(spare);
        return crc32c;
      } catch (NoSuchFileException e) {
        links = 0; // cleared away at this very moment
      }
    }
    String crc32c = fill(file, StandardOpenOption.CREATE_NEW, content);
    Path next = links == 0 ? link(file) : spare;
    if (next != null) {
      keep(next);
    }
    return crc32c;
  }

  /** A second name for a new file; null in a file system without hard links: nothing is reused. */
  private static @Nullable Path link(Path file) {
    Path spare = file.resolveSibling("." + file.getFileName());
    try {
      return Files.createLink(spare, file);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  private void keep(Path spare) throws IOException {
    if (!kept.compareAndSet(null, spare)) {
      Files.deleteIfExists(spare); // another thread has kept one meanwhile
    }
  }

  /** How many names the file has; 0 if somebody cleared it away. */
  private static int links(Path file) throws IOException {
    try {
      return (Integer) Files.getAttribute(file, "unix:nlink");
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static String fill(Path file, StandardOpenOption how, Content content)
      throws IOException {
    try {
      return content.writeTo(file, how);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(file); // half written
      throw e;
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    Path spare = kept.getAndSet(null);
    if (spare != null) {
      Files.deleteIfExists(spare);
    }
  }
}
