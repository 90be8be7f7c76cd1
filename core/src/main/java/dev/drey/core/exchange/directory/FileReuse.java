package dev.drey.core.exchange.directory;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Writes and deletes the files of one directory so that a new file takes over the memory of one
 * that is no longer wanted. In /dev/shm, new pages for 2 MB take 0.65 ms and giving them back 0.25
 * ms, the copy itself 0.16 ms. Files that nobody may read yet, or any more, have a dot in front of
 * their name. Thread-safe.
 */
interface FileReuse {

  /**
   * Writes a file. It is whole before it has this name or before this method returns.
   *
   * @param file that does not exist
   * @return the checksum of its bytes
   */
  String write(Path file, Content content) throws IOException;

  /** Deletes a file; it is not an error if it does not exist. */
  void delete(Path file) throws IOException;

  /** Deletes what is kept for later files. */
  void close() throws IOException;

  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {

    /**
     * Writes all of it.
     *
     * @param how the file is opened: CREATE_NEW for a new one, WRITE to write over what is there
     * @return the checksum of its bytes
     */
    String writeTo(Path file, OpenOption how) throws IOException;
  }
}
