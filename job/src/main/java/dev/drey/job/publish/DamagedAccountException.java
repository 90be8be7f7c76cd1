package dev.drey.job.publish;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when the account of a published version cannot be understood. */
final class DamagedAccountException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedAccountException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
