package dev.drey.core.exchange.directory;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;

/**
 * Writes and reads files with their CRC-32C. What lies on the heap passes through a small direct
 * buffer that stays in the processor's cache, so that each value is touched in memory once; what
 * lies in a direct buffer goes without a copy. Thread-safe.
 */
final class ChecksummedFiles {

  private static final int BUFFER_BYTES = 128 << 10;

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  /**
   * Writes floats, little-endian.
   *
   * @param how CREATE_NEW, or WRITE to write over a file and cut it to the new length: its memory
   *     stays its own, which in /dev/shm takes a third of the time that a new file's pages take
   * @return the checksum of the file's bytes
   * @throws java.nio.file.FileAlreadyExistsException if a new file is there already
   */
  String write(Path file, OpenOption how, float[] values) throws IOException {
    ByteBuffer buffer = borrow();
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
      int step = BUFFER_BYTES / Float.BYTES;
      for (int at = 0; at < values.length; at += step) {
        int count = Math.min(step, values.length - at);
        buffer.clear().limit(count * Float.BYTES);
        buffer.asFloatBuffer().put(values, at, count);
        crc.update(buffer);
        writeAll(channel, buffer.rewind());
      }
      cut(channel);
    } finally {
      buffers.add(buffer);
    }
    return Checksum.text(crc);
  }

  /**
   * Writes bytes; see the other {@code write}.
   *
   * @param bytes from its position to its limit; neither changes
   */
  String write(Path file, OpenOption how, ByteBuffer bytes) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
      writeAll(channel, bytes.duplicate());
      cut(channel);
    }
    return Checksum.text(crc);
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void cut(FileChannel channel) throws IOException {
    if (channel.size() > channel.position()) {
      channel.truncate(channel.position());
    }
  }

  /**
   * Fills an array with a file's floats.
   *
   * @throws CorruptBlobException if array, reference and file do not have the same length, or the
   *     bytes another checksum than the reference
   */
  void read(Path file, Blob.Reference reference, float[] target) throws IOException {
    checkLength(file, reference, (long) target.length * Float.BYTES);
    readThroughBuffer(
        file,
        reference,
        (buffer, at) ->
            buffer
                .asFloatBuffer()
                .get(target, (int) (at / Float.BYTES), buffer.remaining() / Float.BYTES));
  }

  /** Fills a buffer from its position to its limit, neither of which changes; as the above. */
  void read(Path file, Blob.Reference reference, ByteBuffer target) throws IOException {
    checkLength(file, reference, target.remaining());
    if (target.isDirect()) {
      readDirectly(file, reference, target);
      return;
    }
    ByteBuffer all = target.duplicate();
    readThroughBuffer(file, reference, (buffer, at) -> all.put(buffer));
  }

  private static void checkLength(Path file, Blob.Reference reference, long needed)
      throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) { // to open a pipe would wait for ever
      throw new NoSuchFileException(file + " is not a regular file");
    }
    if (reference.bytes() != needed || found.size() != needed) {
      throw new CorruptBlobException(
          "%s: has %d bytes, its reference says %d, and %d are needed"
              .formatted(file, found.size(), reference.bytes(), needed));
    }
  }

  private static void readDirectly(Path file, Blob.Reference reference, ByteBuffer target)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      fill(channel, target.duplicate(), file, reference);
    }
    CRC32C crc = new CRC32C();
    crc.update(target.duplicate());
    verify(file, reference, crc);
  }

  /** Takes the bytes of a file one buffer after the other. */
  private interface Sink {

    /**
     * @param buffer little-endian; used again afterwards
     * @param at where in the file its first byte is
     */
    void take(ByteBuffer buffer, long at);
  }

  private void readThroughBuffer(Path file, Blob.Reference reference, Sink sink)
      throws IOException {
    ByteBuffer buffer = borrow();
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, READ)) {
      for (long at = 0; at < reference.bytes(); at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, reference.bytes() - at));
        fill(channel, buffer, file, reference);
        crc.update(buffer.flip());
        sink.take(buffer.rewind(), at);
      }
    } finally {
      buffers.add(buffer);
    }
    verify(file, reference, crc);
  }

  private static void fill(
      FileChannel channel, ByteBuffer buffer, Path file, Blob.Reference reference)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new CorruptBlobException(
            "%s: ended after %d of %d bytes"
                .formatted(file, channel.position(), reference.bytes()));
      }
    }
  }

  private static void verify(Path file, Blob.Reference reference, CRC32C crc)
      throws CorruptBlobException {
    String found = Checksum.text(crc);
    if (!found.equals(reference.crc32c())) {
      throw new CorruptBlobException(
          "%s: has CRC-32C %s, its reference says %s".formatted(file, found, reference.crc32c()));
    }
  }

  private ByteBuffer borrow() {
    ByteBuffer buffer = buffers.poll();
    return buffer != null
        ? buffer
        : ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
