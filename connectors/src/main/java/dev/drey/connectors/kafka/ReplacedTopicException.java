package dev.drey.connectors.kafka;

/** Thrown when a topic is not the one that a run has read, but another of the same name. */
final class ReplacedTopicException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param before the id of the topic that the run has read
   * @param now the id of the topic that exists
   */
  ReplacedTopicException(String topic, String before, String now) {
    super(
        "topic %s has the id %s, the run has read the topic of that name with the id %s: it was"
                .formatted(topic, now, before)
            + " deleted and created again, and offsets of one mean nothing in the other."
            + " Start a new run, without --resume, to read the new topic");
  }
}
