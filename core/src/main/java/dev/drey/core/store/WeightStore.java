package dev.drey.core.store;

import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.io.Serializable;

/**
 * Holds published weights until they are deleted. An object is written once, under a name never
 * used before, and is whole or absent to every reader. Thread-safe.
 */
public interface WeightStore extends AutoCloseable {

  /**
   * Publishes values.
   *
   * @param name what the object is, for people ("v12-shard0"); the store makes it unique
   * @param values little-endian in the object; not kept, not changed
   * @return where workers and dispatchers find them
   */
  Blob.Reference publish(String name, float[] values) throws IOException;

  /**
   * Reads what was published. The caller owns the array.
   *
   * @throws dev.drey.core.blob.CorruptBlobException if the bytes do not match the checksum
   */
  byte[] fetch(Blob.Reference reference) throws IOException;

  /** Deletes an object; one that is not there is no error. */
  void delete(Blob.Reference reference) throws IOException;

  /**
   * Deletes all objects whose names begin so, whoever published them: those of a process that died.
   * None of them may be in use by a publisher.
   */
  void deleteAll(String namePrefix) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens the store where the operator runs. */
  interface Provider extends Serializable {
    WeightStore open() throws IOException;
  }
}
