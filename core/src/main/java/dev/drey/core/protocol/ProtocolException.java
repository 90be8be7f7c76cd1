package dev.drey.core.protocol;

import java.io.IOException;

/** Bytes are no message of this protocol, or of another version of it. */
public final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
