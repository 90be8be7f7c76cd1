package dev.drey.core.data;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of a data set, plain or gzip (recognised by its first two bytes).
 *
 * @param path where it is
 * @param bytes its length on disk
 * @param gzip whether it is compressed
 */
record DataFile(Path path, long bytes, boolean gzip) {

  /** A gzip file may unpack to this many times its length, or to {@link #UNPACKED_FREE} if more. */
  private static final long UNPACKED_FACTOR = 200;

  /** Bytes that any gzip file may unpack to, however small it is. */
  private static final long UNPACKED_FREE = 64L << 20;

  private static final int BUFFER = 1 << 16;

  /**
   * Verifies that the file's length and checksum are those of the reference.
   *
   * @throws DataException if the URI does not name a file, or the file is missing or of another
   *     length
   * @throws CorruptBlobException if its bytes do not match the checksum
   */
  static DataFile verified(Blob.Reference reference) throws IOException {
    if (!"file".equals(reference.uri().getScheme())) {
      throw new DataException(
          reference.uri() + ": data sets are read from file: URIs, not " + scheme(reference));
    }
    Path path;
    try {
      path = Path.of(reference.uri());
    } catch (IllegalArgumentException e) {
      throw new DataException(reference.uri() + ": is not the path of a file", e);
    }
    Blob.Reference found = reference(path);
    if (found.bytes() != reference.bytes()) {
      throw new DataException(
          path + ": has " + found.bytes() + " bytes, expected " + reference.bytes());
    }
    if (!found.crc32c().equals(reference.crc32c())) {
      throw new CorruptBlobException(
          path + ": has CRC-32C " + found.crc32c() + ", expected " + reference.crc32c());
    }
    return new DataFile(path, found.bytes(), isGzip(path));
  }

  /**
   * A reference to a file with its present length and checksum.
   *
   * @throws DataException if there is no such file
   */
  static Blob.Reference reference(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + (Files.exists(path) ? ": is not a regular file" : ": there is no such file"));
    }
    CRC32C crc = new CRC32C();
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
        bytes += n;
      }
    }
    return new Blob.Reference(path.toAbsolutePath().toUri(), bytes, Checksum.text(crc));
  }

  /** Reads the file, decompressed, in the given format. */
  <T> T read(Format<T> format) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      return format.read(
          this, gzip ? new Limited(new GZIPInputStream(in, BUFFER), path, limit()) : in);
    } catch (EOFException e) {
      throw fault(
          "is truncated: it ends in the middle of its " + (gzip ? "gzip data" : "header"), e);
    } catch (ZipException e) {
      throw fault("is damaged gzip: " + e.getMessage(), e);
    }
  }

  /** A format of files. */
  interface Format<T> {
    T read(DataFile file, InputStream in) throws IOException;
  }

  /** The most bytes that reading can yield, decompressed; a header that declares more is wrong. */
  long limit() {
    return gzip ? Math.max(UNPACKED_FREE, UNPACKED_FACTOR * bytes) : bytes;
  }

  DataException fault(String what) {
    return new DataException(path + ": " + what);
  }

  DataException fault(String what, Throwable cause) {
    return new DataException(path + ": " + what, cause);
  }

  private static String scheme(Blob.Reference reference) {
    String scheme = reference.uri().getScheme();
    return scheme == null ? "a relative one" : scheme + ":";
  }

  private static boolean isGzip(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(2);
      return magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    }
  }

  /** Fails when a small gzip file unpacks to more than the limit (a decompression bomb). */
  private static final class Limited extends InputStream {

    private final InputStream in;
    private final Path path;
    private final long limit;
    private long read;

    Limited(InputStream in, Path path, long limit) {
      this.in = in;
      this.path = path;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      return value < 0 ? value : counted(1, value);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int n = in.read(target, from, length);
      return n < 0 ? n : counted(n, n);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private int counted(int bytes, int result) throws DataException {
      read += bytes;
      if (read > limit) {
        throw new DataException(
            path + ": unpacks to more than " + limit + " bytes, the limit for a file of its size");
      }
      return result;
    }
  }
}
