package dev.drey.worker.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes files whose memory is used again once their readers have deleted them. In /dev/shm, new
 * pages for 2 MB take 0.65 ms and giving them back 0.25 ms, the copy itself 0.16 ms.
 *
 * <p>The file a reader sees is a hard link to a spare file of this worker (name, dot in front).
 * When the reader has deleted it, the spare has one link left, and may be written over. So a reader
 * deletes a file only when it has read it. A worker keeps one spare per directory, of the last
 * {@value #DIRECTORIES} directories; while that is taken it writes plain files. Not thread-safe.
 */
final class RecycledFiles {

  private static final int DIRECTORIES = 4;

  private final Map<Path, Path> spares = new HashMap<>();

  /**
   * Writes a file that does not exist yet.
   *
   * @param bytes from its position to its limit
   */
  void write(Path directory, String name, ByteBuffer bytes) throws IOException {
    Path target = directory.resolve(name);
    Path spare = spares.get(directory);
    int links = spare == null ? 0 : links(spare);
    if (spare != null && links == 1) {
      try {
        fill(spare, bytes.duplicate(), StandardOpenOption.WRITE);
        Files.createLink(target, spare);
        return;
      } catch (NoSuchFileException e) {
        links = 0; // cleared away at this very moment
      }
    }
    fill(target, bytes, StandardOpenOption.CREATE_NEW);
    if (links == 0) {
      remember(directory, target);
    }
  }

  private void remember(Path directory, Path target) {
    if (spares.size() >= DIRECTORIES) {
      spares.clear();
    }
    Path spare = directory.resolve("." + target.getFileName());
    try {
      Files.createLink(spare, target);
      spares.put(directory, spare);
    } catch (IOException | UnsupportedOperationException e) {
      // a file system without hard links: every file is a new one
      spares.remove(directory);
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

  /** Writes over what is there, if the file may exist: its memory stays its own. */
  private static void fill(Path file, ByteBuffer bytes, StandardOpenOption how) throws IOException {
    int length = bytes.remaining();
    try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (channel.size() > length) {
          channel.truncate(length);
        }
      } catch (IOException e) {
        Files.deleteIfExists(file); // half written
        throw e;
      }
    }
  }
}
