package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Task;

/**
 * The gradient sum of some slots of one step, over one shard of the parameter vector. Sums travel
 * up the tree; the mean is taken once, at the root.
 *
 * @param step the step whose version of the weights the gradients were computed with
 * @param task gradient or evaluation (whose {@code values} are empty)
 * @param shard index of the shard, at least 0
 * @param slots the half-open interval of slots that is added up here, a node of the {@link
 *     MergeTree}
 * @param tally of those slots; every shard carries the whole of it
 * @param values the sum over the examples, one value per parameter of the shard. Whoever receives
 *     the record owns the array, but must not change it: a worker may hand the same one out again
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; merged by content in PartialSums
public record PartialSum(
    long step, Task task, int shard, Range slots, Tally tally, float[] values) {

  @Override
  public String toString() {
    return "PartialSum[step="
        + step
        + ", task="
        + task
        + ", shard="
        + shard
        + ", slots="
        + slots
        + ", "
        + tally
        + ", values="
        + values.length
        + "]";
  }
}
