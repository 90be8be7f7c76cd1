package dev.drey.core.exchange;

import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The objects at one place: weights on their way to workers, or results on their way back. An
 * object is written once, under a name that no other object has, and its URI is the place, a slash
 * and that name. Whoever has its reference reads either exactly those bytes or gets an exception.
 * Thread-safe.
 *
 * <p>Every implementation passes {@code StoreContract}, which is in core's test jar.
 */
public interface Store extends AutoCloseable {

  /**
   * Proves that the place exists and that objects can be put there.
   *
   * @throws IOException if not; the message names the place
   */
  void check() throws IOException;

  /**
   * Writes an object.
   *
   * @param name for people, as "run-shard0-v12": 1 to 100 letters, digits, ., - or _. The store
   *     adds what makes it unique
   * @param bytes from its position to its limit; neither kept nor changed
   * @return where it lies, with its length and checksum
   * @throws java.nio.file.NoSuchFileException if the place does not exist
   */
  Blob.Reference put(String name, ByteBuffer bytes) throws IOException;

  /**
   * Writes an object of little-endian floats; see {@link #put(String, ByteBuffer)}.
   *
   * @param values neither kept nor changed
   */
  default Blob.Reference put(String name, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return put(name, bytes);
  }

  /**
   * Fills the target with an object. Lengths are compared before a byte is read.
   *
   * @param target filled from its position to its limit, neither of which changes; a direct buffer
   *     is filled without a copy in between. After an exception its content is undefined
   * @throws dev.drey.core.blob.CorruptBlobException if the target, the reference and the object do
   *     not have the same length, or the bytes another checksum than the reference
   * @throws java.nio.file.NoSuchFileException if there is no such object
   * @throws IOException if the object cannot be read, or lies outside this place
   */
  void read(Blob.Reference reference, ByteBuffer target) throws IOException;

  /** Fills an array with an object of little-endian floats; see the other {@code read}. */
  default void read(Blob.Reference reference, float[] target) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(target.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    read(reference, bytes);
    bytes.asFloatBuffer().get(target);
  }

  /**
   * Deletes an object, whoever wrote it; it is not an error if it does not exist. A reader that is
   * in the middle of it finds that its checksum does not match, or that it is gone.
   *
   * @throws IOException if it cannot be deleted, or lies outside this place
   */
  void delete(Blob.Reference reference) throws IOException;

  /**
   * Deletes all objects whose names begin so, whoever wrote them, and what a process left that died
   * while it wrote them. No live process may be writing an object with such a name.
   */
  void deleteAll(String namePrefix) throws IOException;

  /**
   * What lies at the place now, whoever wrote it, and what a process left that died while it wrote.
   *
   * @return by a name of the store's own, a mark that changes when the same name is written again;
   *     marks are compared with each other only, since they may come from the clock of any machine
   */
  Map<String, String> list() throws IOException;

  /**
   * Deletes something that was listed; it is not an error if it does not exist any more.
   *
   * @param name from {@link #list}
   * @param mark that it had: what was written since stays
   */
  void deleteListed(String name, String mark) throws IOException;

  /** Ends what the store holds open. Its objects stay. */
  @Override
  void close() throws IOException;

  /** Opens a store where it is used: it travels to Flink's tasks, a store cannot. */
  interface Provider extends Serializable {

    /**
     * Opens the store and checks it.
     *
     * @throws IOException if objects cannot be put there
     */
    Store open() throws IOException;
  }
}
