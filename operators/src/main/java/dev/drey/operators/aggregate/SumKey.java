package dev.drey.operators.aggregate;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.parameters.Shards;
import org.apache.flink.api.java.functions.KeySelector;

/** Sends each sum to the node of a level, and the shard, that it belongs to. */
public final class SumKey implements KeySelector<PartialSum, Integer> {

  private static final long serialVersionUID = 1L;

  private final Structure structure;
  private final int level;
  private final Shards shards;
  private final KeySpread keys;

  /**
   * @param level of the nodes, from 1
   */
  public SumKey(Structure structure, int level, Shards shards, int maxParallelism) {
    this.structure = structure;
    this.level = level;
    this.shards = shards;
    this.keys = new KeySpread(structure.nodes(level) * shards.count(), maxParallelism);
  }

  @Override
  public Integer getKey(PartialSum sum) {
    int node = structure.nodeOf(level, sum.slots().from());
    int shard = shards.shardOf(sum.parameters().from());
    return keys.key(node * shards.count() + shard);
  }
}
