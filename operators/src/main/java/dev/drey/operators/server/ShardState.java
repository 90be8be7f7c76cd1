package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.optimizer.Optimizer;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Shards;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.stream.Intake;
import dev.drey.operators.aggregate.DroppedSerializer;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.aggregate.PartialSumSerializer;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A shard in the state backend: vectors as blocks of bytes (a RocksDB value is limited, and blocks
 * keep the copies small), version, early sums, and on shard 0 the progress of the run, by name. All
 * methods are for the current key.
 */
final class ShardState {

  private static final int BLOCK_FLOATS = 65_536;
  private static final String DROPPED = "dropped.";
  private static final String PUT_BACK = "put-back";
  private static final String ABSOLUTE_ERRORS = ".absolute-error-sum";
  private static final String REPLAYED = ".replayed";

  private final ValueState<Long> version;
  private final ValueState<Integer> failedSteps;
  private final MapState<Integer, byte[]> blocks;
  private final MapState<Long, PartialSum> early;
  private final MapState<String, Double> progress;
  private final MapState<Long, List<Dropped>> owed;
  private final ValueState<byte[]> intake;
  private final ValueState<String> optimizer;
  private final ValueState<byte[]> drift;
  private final ValueState<byte[]> prequential;

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
    progress = store.getMapState(new MapStateDescriptor<>("progress", Types.STRING, Types.DOUBLE));
    owed =
        store.getMapState(
            new MapStateDescriptor<>(
                "owed", LongSerializer.INSTANCE, new ListSerializer<>(DroppedSerializer.INSTANCE)));
    intake =
        store.getState(new ValueStateDescriptor<>("intake", BytePrimitiveArraySerializer.INSTANCE));
    optimizer = store.getState(new ValueStateDescriptor<>("optimizer", Types.STRING));
    drift = store.getState(bytes("drift"));
    prequential = store.getState(bytes("prequential"));
  }

  private static ValueStateDescriptor<byte[]> bytes(String name) {
    return new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
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
      throw new IllegalStateException(
          "shard "
              + index
              + ": the state was trained by the optimizer "
              + optimizer.value()
              + ", it cannot go on by "
              + trainedBy.name());
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

  void writePrequential(Prequential value) throws Exception {
    prequential.update(value.toBytes());
  }

  Prequential readPrequential(Prequential.Settings settings) throws Exception {
    return Prequential.of(settings, prequential.value());
  }

  void writeProgress(Progress value) throws Exception {
    write("totals", value.totals());
    write("evaluation", value.evaluation());
    write("last", value.last());
    progress.put("version", (double) value.version());
    progress.put("millis", (double) value.millis());
    progress.put("evaluated-version", (double) value.evaluatedVersion());
    for (DropReason reason : DropReason.values()) {
      progress.put(DROPPED + reason.word(), (double) value.account().dropped().of(reason));
    }
    progress.put(PUT_BACK, (double) value.account().putBack());
    owed.clear();
    owed.putAll(value.account().owed());
    intake.update(IntakeFormat.toBytes(value.intake()));
  }

  Progress readProgress() throws Exception {
    Double evaluated = progress.get("evaluated-version");
    Double applied = progress.get("version");
    if (evaluated == null || applied == null) {
      return Progress.NONE;
    }
    return new Progress(
        applied.longValue(),
        readTally("totals"),
        readTally("last"),
        evaluated.longValue(),
        readTally("evaluation"),
        progress.get("millis").longValue(),
        readAccount(),
        intake.value() == null ? Intake.NONE : IntakeFormat.of(intake.value()),
        Tally.ZERO,
        StepTimes.NONE);
  }

  private ExampleAccount readAccount() throws Exception {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      Double count = progress.get(DROPPED + reason.word());
      if (count != null && count > 0) {
        dropped.put(reason, count.longValue());
      }
    }
    Map<Long, List<Dropped>> later = new HashMap<>();
    for (Map.Entry<Long, List<Dropped>> entry : owed.entries()) {
      later.put(entry.getKey(), entry.getValue());
    }
    return new ExampleAccount(new Drops(dropped), progress.get(PUT_BACK).longValue(), later);
  }

  // Counts stay exact as doubles up to 2^53.
  private void write(String name, Tally tally) throws Exception {
    progress.putAll(
        Map.of(
            name + ".examples", (double) tally.examples(),
            name + ".loss-sum", tally.lossSum(),
            name + ".correct", (double) tally.correct(),
            name + ".invocations", (double) tally.invocations(),
            name + ".cold-starts", (double) tally.coldStarts(),
            name + ".billed-millis", (double) tally.billedMillis(),
            name + ABSOLUTE_ERRORS, tally.absoluteErrorSum(),
            name + REPLAYED, (double) tally.replayed()));
  }

  private Tally readTally(String name) throws Exception {
    // Old savepoints have none of these.
    Double absoluteErrors = progress.get(name + ABSOLUTE_ERRORS);
    Double replayed = progress.get(name + REPLAYED);
    return new Tally(
        progress.get(name + ".examples").longValue(),
        progress.get(name + ".loss-sum"),
        progress.get(name + ".correct").longValue(),
        progress.get(name + ".invocations").longValue(),
        progress.get(name + ".cold-starts").longValue(),
        progress.get(name + ".billed-millis").longValue(),
        absoluteErrors == null ? 0 : absoluteErrors,
        replayed == null ? 0 : replayed.longValue());
  }
}
