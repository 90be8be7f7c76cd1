package dev.drey.operators.stream;

import org.apache.flink.api.connector.source.SourceEvent;

/** What the readers of a stream tell each other, by way of the enumerator. */
sealed interface StreamEvent extends SourceEvent {

  /**
   * Somebody has an example for a step: nobody is to keep it waiting for long.
   *
   * @param steps that were begun
   */
  record StepBegun(long steps) implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Units and partitions are assigned out that readers had brought back: who has no partition now does
   * not wait for one.
   */
  record SplitsAssigned() implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A reader's input has ended, and all that it had is assigned out.
   *
   * @param steps that were begun
   */
  record InputEnded(long steps) implements StreamEvent {
    private static final long serialVersionUID = 1L;
  }
}
