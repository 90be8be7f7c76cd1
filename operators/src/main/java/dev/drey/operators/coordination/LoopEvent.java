package dev.drey.operators.coordination;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What the source of the loop is told, by way of its enumerator, so that it deals out no more than
 * may soon be computed. Were it held back by a full dispatch operator instead, its task could not
 * take part in a checkpoint, while the step that would make room waits for the sums that another
 * task sent behind its barrier: neither would ever go on.
 */
public sealed interface LoopEvent extends SourceEvent {

  /**
   * The parameter server has applied this many steps.
   *
   * @param version steps applied
   */
  record VersionReached(long version) implements LoopEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The run ends with this version.
   *
   * @param steps the last version
   */
  record StopAt(long steps) implements LoopEvent {
    private static final long serialVersionUID = 1L;
  }
}
