package dev.drey.job.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text file that is truncated to a length and then appended to. With a header it is created at
 * once, else with its first line, and so is its directory.
 */
final class LineFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  private final Path path;
  private @Nullable FileChannel channel;

  /**
   * @param saved length to keep. If the file is shorter, as in the new directory of a run that
   *     starts from a savepoint, it is written from the beginning
   * @param header first lines, may be empty
   */
  LineFile(Path path, String header, long saved) throws IOException {
    this.path = path;
    long size = Files.exists(path) ? Files.size(path) : 0;
    long length = size < saved ? 0 : saved;
    if (length < saved) {
      LOG.info(
          "{} has {} bytes, fewer than the {} of the state: it is written from the beginning",
          path,
          size,
          saved);
    }
    if (length > 0) {
      open().truncate(length).position(length);
    } else {
      Files.deleteIfExists(path);
      write(header);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }

  /**
   * Appends.
   *
   * @param lines whole ones, perhaps none
   */
  void write(String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      open().write(bytes);
    }
  }

  /** Bytes. */
  long length() throws IOException {
    return channel == null ? 0 : channel.position();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
