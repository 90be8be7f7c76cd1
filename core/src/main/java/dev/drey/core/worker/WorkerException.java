package dev.drey.core.worker;

import org.jspecify.annotations.Nullable;

/** One attempt failed. */
public final class WorkerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Who is to blame, as far as one attempt shows, which decides what to do next. */
  public enum Blame {
    /** The service or the moment: the same attempt may succeed later. */
    SERVICE,
    /** Perhaps the examples: the same attempt may succeed, or fail every time. */
    EXAMPLES,
    /** The request or the set-up: nothing will succeed. */
    REQUEST
  }

  /** What went wrong. */
  public enum Kind {
    /** Too many invocations at once (HTTP 429). */
    THROTTLED(Blame.SERVICE, true),
    /** The service could not be reached, or failed (5xx, connection). */
    UNAVAILABLE(Blame.SERVICE, true),
    /** The worker refused for a reason that may pass: its lease is over, weights are missing. */
    REFUSED(Blame.SERVICE, true),
    /** The function ran past its timeout. */
    TIMED_OUT(Blame.EXAMPLES, true),
    /** The worker's process died: out of memory, killed, exited. */
    CRASHED(Blame.EXAMPLES, true),
    /** The worker's code threw. */
    FAILED(Blame.EXAMPLES, true),
    /** The answer is not one to this request. */
    BAD_ANSWER(Blame.EXAMPLES, true),
    /** The examples cannot be read, or do not fit the network. */
    BAD_DATA(Blame.EXAMPLES, false),
    /** The loss or the gradient of the examples is NaN or infinite. */
    NOT_FINITE(Blame.EXAMPLES, false),
    /** The worker refused for a reason that will not pass. */
    REJECTED(Blame.REQUEST, false),
    /** The request does not fit through the service, or the function does not exist. */
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

    /** Whether another attempt at the same examples may end otherwise. */
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
