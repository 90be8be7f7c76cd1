package dev.drey.job.produce;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads rows of a file as records, one after the other. */
public interface RowReader extends Closeable {

  /**
   * The record of the next row; empty at the end.
   *
   * @param drifted whether to change its label as the drift does
   * @throws IOException if the file cannot be read, or the row does not fit the record format
   */
  Optional<OutgoingRecord> next(boolean drifted) throws IOException;

  /** Opens a file at its first row. */
  @FunctionalInterface
  interface Source {
    RowReader open() throws IOException;
  }
}
