package dev.drey.core.exchange;

import java.io.IOException;

/** There is no store for the scheme of a URI. */
public final class UnsupportedSchemeException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsupportedSchemeException(String message) {
    super(message);
  }
}
