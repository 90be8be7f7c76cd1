package dev.drey.operators.coordination;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * An event for the source of the loop, sent through its enumerator, so that the source sends no
 * more mini-batches than may soon be computed. If a full dispatch operator blocked the source
 * instead, its task could not take part in a checkpoint, while the step that would make room waits
 * for sums that another task sent behind its checkpoint barrier: a deadlock.
 */
public sealed interface LoopEvent extends SourceEvent {

  /** Calls the receiver's method for this event. */
  void deliver(Receiver receiver);

  /** Handles the events of the loop. */
  interface Receiver {

    void versionReached(VersionReached event);

    void stopAt(StopAt event);
  }

  /**
   * The parameter server has applied this many steps.
   *
   * <p>A reader that makes the mini-batches of a step knows the spans that contain it, whatever
   * events were lost or late. A span decided at version v begins no earlier than step v - 1 + a,
   * where a is how many steps ahead of its version a reader makes mini-batches: a reader at version
   * v - 1 has only made steps below that, and from version v on every event contains the span. The
   * parameter server keeps spans in its state and sends them again after a restore, before a reader
   * makes any mini-batch. So the same steps are replayed after every failure.
   *
   * @param version steps applied
   * @param replays spans with steps that are not applied yet, in order, none within another
   */
  record VersionReached(long version, List<ReplaySpan> replays) implements LoopEvent {
    private static final long serialVersionUID = 1L;

    public VersionReached {
      replays = List.copyOf(replays);
    }

    /** Without replays. */
    public VersionReached(long version) {
      this(version, List.of());
    }

    @Override
    public void deliver(Receiver receiver) {
      receiver.versionReached(this);
    }
  }

  /**
   * The run ends with this version.
   *
   * @param steps the last version
   */
  record StopAt(long steps) implements LoopEvent {
    private static final long serialVersionUID = 1L;

    @Override
    public void deliver(Receiver receiver) {
      receiver.stopAt(this);
    }
  }
}
