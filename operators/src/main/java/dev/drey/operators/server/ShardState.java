package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Shards;
import dev.drey.operators.aggregate.PartialSumSerializer;
import java.util.Arrays;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * A shard in the state backend: vectors as blocks of bytes (a RocksDB value is limited, and blocks
 * keep the copies small), version and early sums. All methods are for the current key.
 */
final class ShardState {

  private static final int BLOCK_FLOATS = 65_536;

  private final ValueState<Long> version;
  private final ValueState<Integer> failedSteps;
  private final MapState<Integer, byte[]> blocks;
  private final MapState<Long, PartialSum> early;
  private final ValueState<String> optimizer;
  private final ValueState<byte[]> drift;

  ShardState(KeyedStateStore store) {
    version = store.getState(new ValueStateDescriptor<>("version", Types.LONG));
    failedSteps = store.getState(new ValueStateDescriptor<>("failed-steps", Types.INT));
    blocks =
        store.getMapState(
            new MapStateDescriptor<>(
                "blocks", IntSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE));
    early =
        store.getMapState(
            new MapStateDescriptor<>("early", LongSerializer.INSTANCE, new PartialSumSerializer()));
    optimizer = store.getState(new ValueStateDescriptor<>("optimizer", Types.STRING));
    drift =
        store.getState(new ValueStateDescriptor<>("drift", BytePrimitiveArraySerializer.INSTANCE));
  }

  /**
   * Writes the shard, vector by vector: the weights, then each moment.
   *
   * @param trainedBy the optimizer that the moments are of
   */
  void write(Shard shard, Optimizer trainedBy) throws Exception {
    version.update(shard.version());
    failedSteps.update(shard.failedSteps());
    optimizer.update(trainedBy.name());
    int block = writeVector(shard.weights(), 0);
    for (float[] moment : shard.moments()) {
      block = writeVector(moment, block);
    }
    early.clear();
    early.putAll(shard.early());
    drift.update(shard.watch().toBytes());
  }

  /**
   * Reads the shard, or null if none was written for this key.
   *
   * @param model that it is a part of
   * @param replayDelay how many steps after a drift its replay begins
   * @throws IllegalStateException if the state is of another network or optimizer
   */
  @Nullable Shard read(int index, ServerSettings.Model model, long replayDelay) throws Exception {
    Shards shards = model.shards();
    Optimizer trainedBy = model.rule().optimizer();
    Long applied = version.value();
    if (applied == null) {
      return null;
    }
    if (!trainedBy.name().equals(optimizer.value())) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "shard "
                  + index
                  + ": the state was trained by the optimizer "
                  + optimizer.value()
                  + ", it cannot go on by "
                  + trainedBy.name()));
    }
    int length = shards.range(index).length();
    float[][] vectors = new float[1 + trainedBy.moments()][length];
    int block = 0;
    for (float[] vector : vectors) {
      block = readVector(index, vector, block);
    }
    Shard shard =
        new Shard(
            index,
            shards.range(index),
            vectors[0],
            Arrays.copyOfRange(vectors, 1, vectors.length),
            applied,
            new DriftWatch(model.rule().drift(), replayDelay, drift.value()));
    Integer failed = failedSteps.value();
    shard.restoreFailedSteps(failed == null ? 0 : failed); // old savepoints have none
    for (PartialSum sum : early.values()) {
      shard.offer(sum);
    }
    return shard;
  }

  private int writeVector(float[] vector, int firstBlock) throws Exception {
    int block = firstBlock;
    for (int at = 0; at < vector.length; at += BLOCK_FLOATS) {
      float[] part = Arrays.copyOfRange(vector, at, Math.min(vector.length, at + BLOCK_FLOATS));
      blocks.put(block++, Floats.toBytes(part));
    }
    return block;
  }

  private int readVector(int index, float[] vector, int firstBlock) throws Exception {
    int block = firstBlock;
    for (int at = 0; at < vector.length; at += BLOCK_FLOATS) {
      byte[] bytes = blocks.get(block);
      int needed = Math.min(BLOCK_FLOATS, vector.length - at) * Float.BYTES;
      if (bytes == null || bytes.length != needed) {
        throw new IllegalStateException(
            "shard "
                + index
                + ": block "
                + block
                + " of the state has "
                + (bytes == null ? 0 : bytes.length)
                + " bytes, needs "
                + needed
                + ": the state is of another network");
      }
      System.arraycopy(Floats.fromBytes(bytes), 0, vector, at, bytes.length / Float.BYTES);
      block++;
    }
    return block;
  }
}
