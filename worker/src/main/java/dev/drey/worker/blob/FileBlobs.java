package dev.drey.worker.blob;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Files. Between processes of one machine, files in memory (/dev/shm) take the least time. */
final class FileBlobs implements BlobStore {

  private final RecycledFiles results = new RecycledFiles();

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    Path path = path(reference.uri());
    if (Files.exists(path) && !Files.isRegularFile(path)) { // to open a pipe would wait for ever
      throw new NoSuchFileException(path + " is no regular file");
    }
    int length = target.remaining();
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (reference.bytes() != length || file.size() != length) {
        throw new CorruptBlobException(
            "%s: has %d bytes, its reference says %d, and %d are needed"
                .formatted(path, file.size(), reference.bytes(), length));
      }
      ByteBuffer bytes = target.duplicate();
      while (bytes.hasRemaining()) {
        if (file.read(bytes) < 0) {
          throw new CorruptBlobException(
              path + ": ended after " + (length - bytes.remaining()) + " of " + length + " bytes");
        }
      }
    }
    String crc = crc32c(target);
    if (!crc.equals(reference.crc32c())) {
      throw new CorruptBlobException(
          path + ": has CRC-32C " + crc + ", its reference says " + reference.crc32c());
    }
  }

  @Override
  public Blob.Reference write(URI directory, String name, ByteBuffer bytes) throws IOException {
    Path parent = path(directory);
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(parent + " is no existing directory");
    }
    long length = bytes.remaining();
    String crc = crc32c(bytes);
    results.write(parent, name, bytes);
    return new Blob.Reference(parent.resolve(name).toUri(), length, crc);
  }

  private static Path path(URI uri) throws IOException {
    try {
      return Path.of(uri);
    } catch (IllegalArgumentException e) {
      throw new NoSuchFileException("\"" + uri + "\" is no URI of a file: " + e.getMessage());
    }
  }

  private static String crc32c(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return Checksum.text(crc);
  }
}
