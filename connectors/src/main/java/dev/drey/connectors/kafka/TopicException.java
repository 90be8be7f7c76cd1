package dev.drey.connectors.kafka;

/** Topics that cannot be read; the message says why, without secrets. */
public final class TopicException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is to blame. */
  public enum Blame {
    /** No broker answers. */
    SERVERS,
    /** The topics are not there, or not allowed. */
    TOPICS,
    /** The properties: who one is, or how one speaks. */
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
