package dev.drey.operators.coordination;

import dev.drey.core.work.Round;
import java.util.concurrent.CompletableFuture;

/**
 * Admits no round from a version on: neither its step nor its evaluation. Mini-batches that were
 * already sent to dispatch wait there.
 *
 * @param version that the run pauses at
 * @param answer completed once the run is paused, or will not be
 */
record Pause(long version, CompletableFuture<PauseAnswer> answer) {

  Pause(long version) {
    this(version, new CompletableFuture<>());
  }

  boolean holds(Round round) {
    return round.step() >= version;
  }

  /** All rounds before the version are done. */
  void reached() {
    answer.complete(new PauseAnswer.Paused(version));
  }

  boolean isReached() {
    return answer.isDone();
  }

  void lift() {
    answer.complete(new PauseAnswer.Running());
  }
}
