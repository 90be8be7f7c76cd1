package dev.drey.operators.minibatch;

import dev.drey.operators.coordination.LoopEvent;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the loop has told a source. Readers are told it up to the run's last version: then they end,
 * and to Flink an event that finds its task finished is a failure of the job. Not thread-safe.
 */
public final class LatestLoopEvents {

  private final long steps;
  private LoopEvent.@Nullable VersionReached version;
  private LoopEvent.@Nullable StopAt stopAt;

  /**
   * @param steps of the run, if nothing stops it; Long.MAX_VALUE for no end
   */
  public LatestLoopEvents(long steps) {
    this.steps = steps;
  }

  public void heard(LoopEvent event) {
    if (event instanceof LoopEvent.VersionReached reached) {
      version = reached;
    } else {
      stopAt = (LoopEvent.StopAt) event;
    }
  }

  /** What a reader is to be told that did not hear it. */
  public Stream<LoopEvent> all() {
    return Stream.<LoopEvent>of(version, stopAt).filter(Objects::nonNull);
  }

  /** The job failed: the server goes back and will tell to where. */
  public void forgetVersion() {
    version = null;
  }

  /** Whether the readers have been told the last of it. */
  public boolean isOver() {
    return hasReached(stopAt == null ? steps : Math.min(steps, stopAt.steps()));
  }

  /** Whether this version is known to be reached. */
  public boolean hasReached(long last) {
    return version != null && version.version() >= last;
  }
}
