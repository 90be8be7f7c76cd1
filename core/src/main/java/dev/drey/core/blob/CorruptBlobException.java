package dev.drey.core.blob;

import java.io.IOException;

/** Bytes are not the ones their writer checksummed: truncated, overwritten or damaged. */
public final class CorruptBlobException extends IOException {

  private static final long serialVersionUID = 1L;

  public CorruptBlobException(String message) {
    super(message);
  }
}
