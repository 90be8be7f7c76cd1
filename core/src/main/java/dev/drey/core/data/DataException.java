package dev.drey.core.data;

import java.io.IOException;

/**
 * Thrown when a data set cannot be used: a file is missing or malformed, or its values do not fit
 * the network.
 */
public final class DataException extends IOException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
