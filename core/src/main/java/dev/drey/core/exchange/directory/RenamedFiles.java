package dev.drey.core.exchange.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reuses the files that this object is asked to delete: they get another name, and the next ones
 * are written over them. Up to {@value #MOST_SPARES} are kept, none by one that never writes.
 */
final class RenamedFiles implements FileReuse {

  private static final int MOST_SPARES = 4;

  private final Queue<Path> spares = new ConcurrentLinkedQueue<>();
  private volatile boolean writes;

  @Override
  public String write(Path file, Content content) throws IOException {
    writes = true;
    Path spare = spares.poll();
    Path part = spare == null ? hidden(file, ".part") : spare;
    try {
      String crc32c =
          content.writeTo(
              part, spare == null ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return crc32c;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (!writes || spares.size() >= MOST_SPARES) {
      Files.deleteIfExists(file);
      return;
    }
    Path spare = hidden(file, ".spare");
    try {
      Files.move(file, spare, StandardCopyOption.ATOMIC_MOVE);
      spares.add(spare);
    } catch (NoSuchFileException e) {
      // it was deleted before
    }
  }

  private static Path hidden(Path file, String suffix) {
    return file.resolveSibling("." + file.getFileName() + suffix);
  }

  @Override
  public void close() throws IOException {
    for (Path spare = spares.poll(); spare != null; spare = spares.poll()) {
      Files.deleteIfExists(spare);
    }
  }
}
