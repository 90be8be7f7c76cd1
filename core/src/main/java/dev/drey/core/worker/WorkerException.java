package dev.drey.core.worker;

import org.jspecify.annotations.Nullable;

/** The failure of one attempt at a request. */
public final class WorkerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The likely cause, as far as one attempt shows; it decides how dispatch reacts. */
  public enum Blame {
    /** A transient failure of the service: the same request may succeed later. */
    SERVICE,
    /** Possibly the examples: the same request may succeed, or fail every time. */
    EXAMPLES,
    /** The request or the configuration: every request would fail. */
    REQUEST
  }

  /** The kinds of failure. */
  public enum Kind {
    /** Too many invocations at once (HTTP 429). */
    THROTTLED(Blame.SERVICE, true),
    /** The service could not be reached, or failed (5xx, connection). */
    UNAVAILABLE(Blame.SERVICE, true),
    /** The worker refused for a transient reason: an expired lease, missing weights. */
    REFUSED(Blame.SERVICE, true),
    /** The function ran past its timeout. */
    TIMED_OUT(Blame.EXAMPLES, true),
    /** The worker's process died: out of memory, killed, exited. */
    CRASHED(Blame.EXAMPLES, true),
    /** The worker's code threw an exception. */
    FAILED(Blame.EXAMPLES, true),
    /** The answer does not belong to this request, or is malformed. */
    BAD_ANSWER(Blame.EXAMPLES, true),
    /** The examples cannot be read, or do not fit the network. */
    BAD_DATA(Blame.EXAMPLES, false),
    /** The loss or the gradient of the examples is NaN or infinite. */
    NOT_FINITE(Blame.EXAMPLES, false),
    /** The worker refused for a permanent reason. */
    REJECTED(Blame.REQUEST, false),
    /** The service rejects the call: the request is too large, or the function does not exist. */
    BAD_CALL(Blame.REQUEST, false);

    private final Blame blame;
    private final boolean retryable;

    Kind(Blame blame, boolean retryable) {
      this.blame = blame;
      this.retryable = retryable;
    }

    public Blame blame() {
      return blame;
    }

    /** Whether another attempt with the same examples may succeed. */
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

  /** What the failed attempt cost. */
  public Bill bill() {
    return bill;
  }
}
