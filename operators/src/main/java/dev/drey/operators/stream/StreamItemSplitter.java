package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.type.SerializedType;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Splits the items of a reader into mini-batches and rejected records, and samples the mini-batches
 * of replays. Runs behind each reader, with the same units of slots, so that every unit finds its
 * reservoir again at any parallelism. Reservoirs are state of this function and not of the reader's
 * splits, since splits pass through the JobManager in one message after a restore.
 */
final class StreamItemSplitter extends ProcessFunction<StreamItem, StreamBatch>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  static final OutputTag<RejectedRecord> REJECTED =
      new OutputTag<>(
          "rejected",
          new SerializedType<>(RejectedRecord.class, RejectedRecordSerializer.INSTANCE));

  private final StreamPlan plan;

  private transient @Nullable Reservoirs reservoirs;
  private transient ListState<byte[]> state;

  StreamItemSplitter(StreamPlan plan) {
    this.plan = plan;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("reservoirs", BytePrimitiveArraySerializer.INSTANCE));
    Replaying replaying = plan.replaying();
    if (replaying == null) {
      state.clear();
      return;
    }
    Shares shares = plan.shares();
    reservoirs = new Reservoirs(shares, plan.steps().miniBatch(), replaying);
    var task = getRuntimeContext().getTaskInfo();
    int[] taskOf = shares.tasks(task.getNumberOfParallelSubtasks());
    for (byte[] unit : state.get()) {
      reservoirs.read(unit, index -> taskOf[index] == task.getIndexOfThisSubtask());
    }
    state.clear();
  }

  @Override
  public void processElement(StreamItem item, Context context, Collector<StreamBatch> out) {
    if (item instanceof StreamItem.MiniBatch miniBatch) {
      if (reservoirs != null) {
        reservoirs.add(miniBatch.batch());
      }
      out.collect(miniBatch.batch());
    } else if (item instanceof StreamItem.Replay replay) {
      if (reservoirs == null) {
        throw new IllegalStateException(replay + ": no examples are kept for replays");
      }
      out.collect(reservoirs.sample(replay));
    } else {
      context.output(REJECTED, ((StreamItem.Rejected) item).record());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    if (reservoirs != null) {
      state.update(reservoirs.toBytes());
    }
  }
}
