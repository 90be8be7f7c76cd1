package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.parameters.Range;
import dev.drey.operators.coordination.StepPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The weights and moments of one range of the flat vector. Steps are applied in order, each once: a
 * sum that comes early waits, one that was applied is passed over. Not thread-safe.
 */
final class Shard {

  private final int index;
  private final Range range;
  private final float[] weights;
  private final float[][] moments;
  private final TreeMap<Long, PartialSum> early = new TreeMap<>();
  private final DriftWatch watch;
  private long version;
  private int failedSteps;

  /** A shard that watches for no drift. */
  Shard(int index, Range range, float[] weights, float[][] moments, long version) {
    this(index, range, weights, moments, version, new DriftWatch(null, 0, null));
  }

  /**
   * @param weights of the range, now owned by the shard
   * @param moments as many as the optimiser has, now owned by the shard
   * @param version steps applied to them
   * @param watch that has seen those
   */
  Shard(
      int index, Range range, float[] weights, float[][] moments, long version, DriftWatch watch) {
    this.index = index;
    this.range = range;
    this.weights = weights;
    this.moments = moments;
    this.version = version;
    this.watch = watch;
  }

  DriftWatch watch() {
    return watch;
  }

  int index() {
    return index;
  }

  Range range() {
    return range;
  }

  /** Owned by the shard. */
  float[] weights() {
    return weights;
  }

  /** Owned by the shard. */
  float[][] moments() {
    return moments;
  }

  long version() {
    return version;
  }

  /** How many steps in a row, up to the last one, had examples of which none could be computed. */
  int failedSteps() {
    return failedSteps;
  }

  /** Continues the count of a checkpoint. */
  void restoreFailedSteps(int count) {
    failedSteps = count;
  }

  /** Sums of steps that cannot be applied yet, by step. */
  Map<Long, PartialSum> early() {
    return early;
  }

  /**
   * Takes the sum of a step.
   *
   * @return whether it was new
   */
  boolean offer(PartialSum sum) {
    long step = sum.round().step();
    return step >= version && early.putIfAbsent(step, sum) == null;
  }

  /** Whether the next step's sum is there. */
  boolean ready() {
    return early.containsKey(version);
  }

  /**
   * A step that was applied.
   *
   * @param sum of its examples
   * @param drift that it ended in
   */
  record Applied(PartialSum sum, Optional<Drift> drift) {}

  /**
   * Applies the next step.
   *
   * @param tolerance what it may lack
   * @throws RefusedStepException if it would spoil the weights; nothing is changed then
   */
  Applied applyNext(UpdateRule rule, StepPolicy.Tolerance tolerance) throws RefusedStepException {
    PartialSum sum = early.get(version);
    if (sum == null) {
      throw new IllegalStateException("shard " + index + " has no sum of step " + version);
    }
    RefusedStepException.check(sum, tolerance, failedSteps);
    rule.apply(sum, weights, moments, watch.adjustment(version));
    failedSteps = RefusedStepException.isFailed(sum) ? failedSteps + 1 : 0;
    early.remove(version);
    version++;
    return new Applied(sum, watch.applied(sum, moments));
  }
}
