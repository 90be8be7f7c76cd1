package dev.drey.core.protocol;

import java.io.IOException;

/** Thrown when bytes are not a message of this protocol version. */
public final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
