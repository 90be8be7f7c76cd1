package dev.drey.core.data;

import java.io.IOException;

/** A data set cannot be used: a file is not what it should be, or its values do not fit. */
public final class DataException extends IOException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
