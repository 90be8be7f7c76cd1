package dev.drey.connectors.lambda.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads what a worker wrote to its log file. */
final class WorkerLog implements Closeable {

  /** Size of the log tail that a response carries; Lambda's is 4 KB. */
  private static final int TAIL_BYTES = 4096;

  private final Path file;
  private final FileChannel channel;

  WorkerLog(Path file) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  Path file() {
    return file;
  }

  /** The file's length in bytes; 0 if it cannot be read. */
  long length() {
    try {
      return channel.size();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The last 4 KB of what was written after {@code from}. */
  String since(long from) {
    try {
      long length = channel.size();
      if (length <= from) {
        return "";
      }
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, length - from));
      channel.read(tail, length - tail.capacity());
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(" + file + " cannot be read: " + e.getMessage() + ")\n";
    }
  }

  /** The last lines, for error messages. */
  String lastLines(int count) {
    List<String> lines = since(0).lines().toList();
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
