package dev.drey.core.stream;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Says how long the partitions of a stream are. Used by one thread. */
public interface EndOffsets extends AutoCloseable {

  /**
   * The offset after the last record, by partition as in {@link Position#partition}.
   *
   * @throws IOException if the stream does not answer
   */
  Map<String, Long> ends() throws IOException, InterruptedException;

  /**
   * Where reading begins, by partition, of those of which it is known before they are read.
   *
   * @throws IOException if the stream does not answer
   */
  Map<String, Long> starts() throws IOException, InterruptedException;

  @Override
  void close();

  /** Opens it where it is used. */
  @FunctionalInterface
  interface Provider extends Serializable {

    /**
     * Opens it.
     *
     * @throws IOException if it cannot be asked at all
     */
    EndOffsets open() throws IOException;
  }
}
