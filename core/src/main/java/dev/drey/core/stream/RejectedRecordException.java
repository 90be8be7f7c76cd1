package dev.drey.core.stream;

/**
 * Thrown when a record cannot be encoded as an example; the message is the dead letter's reason.
 */
public final class RejectedRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  public RejectedRecordException(String reason) {
    super(reason);
  }
}
