package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What a run has spent, in a file outside of its checkpoints: one line of fixed length, which each
 * write replaces. It outlives the process; it is not forced to the disk, so a power failure may
 * leave an older one. Not thread-safe.
 */
public final class BillFile implements AutoCloseable {

  private static final int NUMBERS = 6;

  private final Path path;
  private final FileChannel channel;

  /**
   * What the file says.
   *
   * @param spent invocations, cold starts and billed time that came back
   * @param reserved the most that the rounds in progress are expected to cost
   */
  public record Entry(Tally spent, Tally reserved) {

    /** Of a run that has spent nothing. */
    public static final Entry NONE = new Entry(Tally.ZERO, Tally.ZERO);
  }

  private BillFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens the file to write, and makes it if it is missing. */
  static BillFile open(Path path) throws IOException {
    return new BillFile(
        path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /**
   * Reads a file; nothing is spent if it is missing or empty.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  public static Entry read(Path path) throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      return Entry.NONE;
    }
    if (text.isBlank()) {
      return Entry.NONE;
    }
    String[] words = text.strip().split(" +");
    try {
      if (words.length == NUMBERS) {
        return new Entry(tally(words, 0), tally(words, NUMBERS / 2));
      }
    } catch (NumberFormatException e) {
      throw new IOException(damaged(path, text), e);
    }
    throw new IOException(damaged(path, text));
  }

  private static Tally tally(String[] words, int from) {
    return ExtraCost.cost(
        Long.parseLong(words[from]),
        Long.parseLong(words[from + 1]),
        Long.parseLong(words[from + 2]));
  }

  private static String damaged(Path path, String text) {
    return path + " is \"" + text.strip() + "\", must be " + NUMBERS + " numbers";
  }

  void write(Entry entry) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%20d %20d %20d %20d %20d %20d%n",
            entry.spent().invocations(),
            entry.spent().coldStarts(),
            entry.spent().billedMillis(),
            entry.reserved().invocations(),
            entry.reserved().coldStarts(),
            entry.reserved().billedMillis());
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
    int written = channel.write(bytes, 0);
    if (bytes.hasRemaining()) {
      throw new IOException(path + ": " + written + " bytes of a line were written");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
