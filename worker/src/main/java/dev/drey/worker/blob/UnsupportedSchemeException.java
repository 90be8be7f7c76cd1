package dev.drey.worker.blob;

import java.io.IOException;

/** No store here holds objects of the URI's scheme. */
public final class UnsupportedSchemeException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsupportedSchemeException(String message) {
    super(message);
  }
}
