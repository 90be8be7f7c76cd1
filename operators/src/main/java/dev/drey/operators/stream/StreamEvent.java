package dev.drey.operators.stream;

import org.apache.flink.api.connector.source.SourceEvent;

/** What the readers of a stream and its enumerator send each other. */
sealed interface StreamEvent extends SourceEvent {

  /**
   * Some reader has an example for a step, so that the others limit how long they wait for theirs.
   *
   * @param steps how many steps were begun
   */
  record StepBegun(long steps) implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The units and partitions of the restored readers are assigned: a reader without a partition
   * does not wait for one any more.
   */
  record SplitsAssigned() implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A reader's input has ended, and all its examples are in mini-batches.
   *
   * @param steps how many steps were begun
   */
  record InputEnded(long steps) implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }
}
