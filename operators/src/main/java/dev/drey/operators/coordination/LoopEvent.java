package dev.drey.operators.coordination;

import java.util.List;
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
   * <p>Whoever deals out a step of a span knows of the span, whatever was lost or late. A span that
   * is decided on at version v begins with step v - 1 + a at the earliest, where a is how many
   * steps beyond the version that it knows a reader deals out: one that knows v - 1 has dealt out
   * steps below that, and from version v on every event has the span. The parameter server holds
   * the spans in its state and tells them again after a restore, before a reader deals out
   * anything. So the same steps are replayed after every failure.
   *
   * @param version steps applied
   * @param replays spans of steps that are not all applied, in order, none within another
   */
  record VersionReached(long version, List<ReplaySpan> replays) implements LoopEvent {
    private static final long serialVersionUID = 1L;

    public VersionReached {
      replays = List.copyOf(replays);
    }

    /** Nothing is replayed. */
    public VersionReached(long version) {
      this(version, List.of());
    }
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
