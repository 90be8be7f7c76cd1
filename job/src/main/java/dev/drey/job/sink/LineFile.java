package dev.drey.job.sink;

import dev.drey.job.model.Durable;
import dev.drey.job.model.RunNotes;
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
  private static final int BLOCK = 8192;

  private final Path path;
  private @Nullable FileChannel channel;
  private boolean isForced = true;

  /**
   * @param saved length to keep. A file that is missing, as in the new directory of a run that
   *     starts from a savepoint, begins with the header. A shorter file has lost lines, which no
   *     later run can write again: what is left of whole lines stays, and a note says so
   * @param header first lines, may be empty
   */
  LineFile(Path path, String header, long saved) throws IOException {
    this.path = path;
    long size = Files.exists(path) ? Files.size(path) : 0;
    long length = size < saved ? wholeLines(size) : saved;
    if (length < saved && size > 0) {
      String note =
          "%s has %d bytes, fewer than the %d of the state: the lines between are lost, what is left"
                  .formatted(path, size, saved)
              + " is kept";
      LOG.warn("{}", note);
      RunNotes.beside(path).add(note);
    }
    if (length > 0) {
      open().truncate(length).position(length);
    } else {
      Files.deleteIfExists(path);
      write(header);
    }
  }

  /** The length of the lines that are complete. */
  private long wholeLines(long size) throws IOException {
    if (size == 0) {
      return 0;
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (long end = size; end > 0; end -= Math.min(end, BLOCK)) {
        block.clear().limit((int) Math.min(end, BLOCK));
        long from = end - block.limit();
        int read = 0;
        while (block.hasRemaining() && read >= 0) {
          read = file.read(block, from + block.position());
        }
        for (int i = block.position() - 1; i >= 0; i--) {
          if (block.get(i) == '\n') {
            return from + i + 1;
          }
        }
      }
    }
    return 0;
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      Path directory = path.toAbsolutePath().getParent();
      Files.createDirectories(directory);
      open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel = open;
      isForced = false;
      Durable.forceNames(directory);
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
      isForced = false;
    }
  }

  /** Waits until all lines are on the disk. */
  void force() throws IOException {
    if (channel != null && !isForced) {
      channel.force(true);
      isForced = true;
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
