package dev.drey.core.stream;

/** A record that no example can be made of; the message says why, for the dead letter. */
public final class RejectedRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  public RejectedRecordException(String reason) {
    super(reason);
  }
}
