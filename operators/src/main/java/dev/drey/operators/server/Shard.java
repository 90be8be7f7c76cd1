package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.parameters.Range;
import java.util.Map;
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
  private long version;
  private int barren;

  /**
   * @param weights of the range, now owned by the shard
   * @param moments as many as the optimiser has, now owned by the shard
   * @param version steps applied to them
   */
  Shard(int index, Range range, float[] weights, float[][] moments, long version) {
    this.index = index;
    this.range = range;
    this.weights = weights;
    this.moments = moments;
    this.version = version;
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
   * Applies the next step.
   *
   * @param mayMiss how many slots it may lack
   * @param mayBeBarren how many steps in a row may have no example that can be computed
   * @return its sum
   * @throws RefusedStepException if it would spoil the weights; nothing is changed then
   */
  PartialSum applyNext(UpdateRule rule, int mayMiss, int mayBeBarren) throws RefusedStepException {
    PartialSum sum = early.get(version);
    if (sum == null) {
      throw new IllegalStateException("shard " + index + " has no sum of step " + version);
    }
    RefusedStepException.check(sum, mayMiss, barren, mayBeBarren);
    rule.apply(sum, weights, moments);
    barren = RefusedStepException.isBarren(sum) ? barren + 1 : 0;
    early.remove(version);
    version++;
    return sum;
  }
}
