package dev.drey.operators.minibatch;

import dev.drey.operators.coordination.LoopEvent;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest events that the loop sent to a source. Readers receive events up to the run's last
 * version: then they end, and to Flink an event for a finished task is a failure of the job. Not
 * thread-safe.
 */
public final class LatestLoopEvents implements LoopEvent.Receiver {

  private final long steps;
  private LoopEvent.@Nullable VersionReached version;
  private LoopEvent.@Nullable StopAt stopAt;

  /**
   * @param steps of the run, if nothing stops it; Long.MAX_VALUE for no end
   */
  public LatestLoopEvents(long steps) {
    this.steps = steps;
  }

  @Override
  public void versionReached(LoopEvent.VersionReached event) {
    version = event;
  }

  @Override
  public void stopAt(LoopEvent.StopAt event) {
    stopAt = event;
  }

  /** The events that a new reader has to receive. */
  public Stream<LoopEvent> all() {
    return Stream.<LoopEvent>of(version, stopAt).filter(Objects::nonNull);
  }

  /** The job failed: the parameter server will announce its restored version. */
  public void forgetVersion() {
    version = null;
  }

  /** Whether the readers have received the event of the run's last version. */
  public boolean isOver() {
    return hasReached(stopAt == null ? steps : Math.min(steps, stopAt.steps()));
  }

  /** Whether the version, or a later one, was announced. */
  public boolean hasReached(long last) {
    return version != null && version.version() >= last;
  }
}
