package dev.drey.connectors.store;

import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;

/**
 * Writes and reads files of little-endian 32-bit floats, with their CRC-32C. Values pass through a
 * small direct buffer that stays in the processor's cache: each is touched in memory once.
 * Thread-safe.
 */
public final class FloatFiles {

  private static final int BUFFER_BYTES = 128 << 10;

  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  /**
   * Writes a new file.
   *
   * @return the checksum of its bytes
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
   */
  public String write(Path file, float[] values) throws IOException {
    return write(file, values, StandardOpenOption.CREATE_NEW);
  }

  /**
   * Writes over a file that is no longer wanted. Its memory stays its own, which in /dev/shm takes
   * a third of the time that a new file's pages take.
   *
   * @return the checksum of its bytes
   */
  String overwrite(Path file, float[] values) throws IOException {
    return write(file, values, StandardOpenOption.WRITE);
  }

  private String write(Path file, float[] values, StandardOpenOption how) throws IOException {
    ByteBuffer buffer = borrow();
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
      int step = BUFFER_BYTES / Float.BYTES;
      for (int at = 0; at < values.length; at += step) {
        int count = Math.min(step, values.length - at);
        buffer.clear().limit(count * Float.BYTES);
        buffer.asFloatBuffer().put(values, at, count);
        crc.update(buffer);
        buffer.rewind();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      if (channel.size() > channel.position()) {
        channel.truncate(channel.position());
      }
    } finally {
      buffers.add(buffer);
    }
    return Checksum.text(crc);
  }

  /**
   * Reads a file's values. The caller owns the array.
   *
   * @param bytes how long the file must be; a multiple of 4
   * @throws CorruptBlobException if it has another length, or the bytes another checksum
   */
  public float[] read(Path file, long bytes, String crc32c) throws IOException {
    float[] values = new float[Math.toIntExact(bytes / Float.BYTES)];
    read(
        file,
        bytes,
        crc32c,
        (buffer, at) ->
            buffer.asFloatBuffer().get(values, at / Float.BYTES, buffer.remaining() / Float.BYTES));
    return values;
  }

  /** Reads a file's bytes; see {@link #read}. */
  public byte[] readBytes(Path file, long bytes, String crc32c) throws IOException {
    byte[] all = new byte[Math.toIntExact(bytes)];
    read(file, bytes, crc32c, (buffer, at) -> buffer.get(all, at, buffer.remaining()));
    return all;
  }

  private interface Sink {
    void take(ByteBuffer buffer, int at);
  }

  private void read(Path file, long bytes, String crc32c, Sink sink) throws IOException {
    ByteBuffer buffer = borrow();
    CRC32C crc = new CRC32C();
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(file, options)) {
      long size = channel.size();
      if (size != bytes) {
        throw new CorruptBlobException(file + " has " + size + " bytes, not " + bytes);
      }
      for (int at = 0; at < bytes; ) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, bytes - at));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
          // until the buffer is full
        }
        if (buffer.hasRemaining()) {
          throw new CorruptBlobException(file + " became shorter than " + bytes + " bytes");
        }
        crc.update(buffer.flip());
        sink.take(buffer.rewind(), at);
        at += buffer.limit();
      }
    } finally {
      buffers.add(buffer);
    }
    if (!Checksum.text(crc).equals(crc32c)) {
      throw new CorruptBlobException(
          file + ": " + bytes + " bytes have CRC-32C " + Checksum.text(crc) + ", not " + crc32c);
    }
  }

  private ByteBuffer borrow() {
    ByteBuffer buffer = buffers.poll();
    return buffer != null
        ? buffer
        : ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
