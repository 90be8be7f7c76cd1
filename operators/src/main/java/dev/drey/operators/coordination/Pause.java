package dev.drey.operators.coordination;

import dev.drey.core.work.Round;
import java.util.concurrent.CompletableFuture;

/**
 * Lets no round out from a version on: neither its step nor its evaluation. What is dealt out
 * already waits, and is not counted as being out.
 *
 * @param version that the run is to stand still at
 * @param answer completed once it does, or never will
 */
record Pause(long version, CompletableFuture<PauseAnswer> answer) {

  Pause(long version) {
    this(version, new CompletableFuture<>());
  }

  boolean holds(Round round) {
    return round.step() >= version;
  }

  /** Everything before the version is done. */
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
