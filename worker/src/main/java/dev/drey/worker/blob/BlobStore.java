package dev.drey.worker.blob;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;

/** Objects of one URI scheme: written once, whole when referred to. One thread at a time. */
public interface BlobStore {

  /**
   * Fills the target with an object, straight into its memory.
   *
   * @param target from its position to its limit, a direct buffer best; on failure its content is
   *     undefined
   * @throws CorruptBlobException if the object has another length than the reference says, or
   *     another checksum
   * @throws IOException if it cannot be read
   */
  void read(Blob.Reference reference, ByteBuffer target) throws IOException;

  /**
   * Writes a new object.
   *
   * @param directory an existing place
   * @param name a name never used before in it
   * @param bytes from its position to its limit; consumed
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   */
  Blob.Reference write(URI directory, String name, ByteBuffer bytes) throws IOException;
}
