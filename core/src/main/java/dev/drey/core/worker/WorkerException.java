package dev.drey.core.worker;

import org.jspecify.annotations.Nullable;

/** One attempt failed. */
public final class WorkerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong, which decides whether another attempt is worth it. */
  public enum Kind {
    /** Too many invocations at once (HTTP 429). */
    THROTTLED(true),
    /** The service could not be reached, or failed (5xx, connection). */
    UNAVAILABLE(true),
    /** The function ran past its timeout. */
    TIMED_OUT(true),
    /** The worker's process died: out of memory, killed, exited. */
    CRASHED(true),
    /** The worker's code threw. */
    FAILED(true),
    /** The worker refused for a reason that may pass. */
    REFUSED(true),
    /** The worker refused for a reason that will not pass. */
    REJECTED(false),
    /** The answer is not one to this request. */
    BAD_ANSWER(true),
    /** The request does not fit through the service, or the function does not exist. */
    BAD_CALL(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    public boolean retryable() {
      return retryable;
    }
  }

  private final Kind kind;
  private final Bill bill;

  public WorkerException(Kind kind, String message, Bill bill, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.bill = bill;
  }

  public Kind kind() {
    return kind;
  }

  /** What the failed attempt cost all the same. */
  public Bill bill() {
    return bill;
  }
}
