package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.operators.coordination.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a shard's steps, in order. All shards see the same tallies, so only the first has
 * an observer that does anything, {@link RunReporter}.
 */
interface StepObserver {

  /** Of every other shard. */
  StepObserver NONE = new StepObserver() {};

  /** A step was applied, and its version is not published yet. */
  default void applied(PartialSum sum) {}

  /** The version after a step was published, and is not announced yet. */
  default void published(PartialSum sum) {}

  /** The version after a step was announced. */
  default void announced(Shard.Applied step) {}

  /**
   * An evaluation came back.
   *
   * @return whether it was new
   */
  default boolean evaluated(PartialSum sum) {
    throw new IllegalStateException(sum + " came to a shard that is not the first");
  }

  /** How far the run is, or null from who does not know. */
  default @Nullable Progress progress() {
    return null;
  }

  /** What the present version was trained on, or null from who does not know. */
  default VersionShard.@Nullable Account trainedOn() {
    return null;
  }
}
