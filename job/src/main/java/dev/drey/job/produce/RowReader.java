package dev.drey.job.produce;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Rows of a file, one after the other. */
public interface RowReader extends Closeable {

  /**
   * The next row's record, or nothing at the end.
   *
   * @param drifted whether its label is to be another's
   * @throws IOException if the file cannot be read or the row not written as a record
   */
  Optional<OutgoingRecord> next(boolean drifted) throws IOException;

  /** Begins a file anew. */
  @FunctionalInterface
  interface Source {
    RowReader open() throws IOException;
  }
}
