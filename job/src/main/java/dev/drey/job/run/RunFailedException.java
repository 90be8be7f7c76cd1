package dev.drey.job.run;

import org.jspecify.annotations.Nullable;

/** A run ended without a model; the message says why, for a user who sees no stack trace. */
public sealed class RunFailedException extends Exception permits StoppedException {

  private static final long serialVersionUID = 1L;

  public RunFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
