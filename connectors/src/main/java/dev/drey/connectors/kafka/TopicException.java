package dev.drey.connectors.kafka;

/** Thrown when topics cannot be read or created; the message contains no secrets. */
public final class TopicException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which setting is the cause. */
  public enum Blame {
    /** No broker answers. */
    SERVERS,
    /** The topics do not exist, or access is denied. */
    TOPICS,
    /** The client properties: authentication or security protocol. */
    PROPERTIES
  }

  private final Blame blame;

  TopicException(Blame blame, String message) {
    super(message); // without a cause, which may hold secrets
    this.blame = blame;
  }

  public Blame blame() {
    return blame;
  }
}
