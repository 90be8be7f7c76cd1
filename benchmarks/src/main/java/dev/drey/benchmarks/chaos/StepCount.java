package dev.drey.benchmarks.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The last step in a curve that is being written.
 *
 * @param curve the file
 */
record StepCount(Path curve) {

  private static final int TAIL_BYTES = 512;

  /** The last whole line's step; 0 before the first. */
  long last() throws IOException {
    String[] lines;
    try (FileChannel file = FileChannel.open(curve, StandardOpenOption.READ)) {
      ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
      file.read(tail, Math.max(0, file.size() - TAIL_BYTES));
      lines = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8).split("\n", -1);
    } catch (NoSuchFileException e) {
      return 0;
    }
    // The text after the last line feed is incomplete, and the first line may be cut off in front.
    for (int i = lines.length - 2; i >= 1; i--) {
      String step = lines[i].split(",", -1)[0];
      if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
        return Long.parseLong(step);
      }
    }
    return 0;
  }
}
