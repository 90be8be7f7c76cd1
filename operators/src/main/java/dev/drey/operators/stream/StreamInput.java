package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.type.SerializedType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SideOutputDataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A stream in a job's graph.
 *
 * @param miniBatches to be computed
 * @param rejected records that no example could be made of
 */
public record StreamInput(
    DataStream<StreamBatch> miniBatches, SideOutputDataStream<RejectedRecord> rejected) {

  private static final OutputTag<RejectedRecord> REJECTED =
      new OutputTag<>(
          "rejected",
          new SerializedType<>(RejectedRecord.class, RejectedRecordSerializer.INSTANCE));

  /**
   * Draws it.
   *
   * @param uid of the source
   * @param splitUid of what parts its output
   */
  public static StreamInput draw(
      StreamExecutionEnvironment env,
      StreamSource<?, ?> source,
      String uid,
      String splitUid,
      int parallelism) {
    SingleOutputStreamOperator<StreamBatch> miniBatches =
        env.fromSource(
                source,
                WatermarkStrategy.noWatermarks(),
                "mini-batches",
                new SerializedType<>(Taken.class, TakenSerializer.INSTANCE))
            .uid(uid)
            .setParallelism(parallelism)
            .process(new Part())
            .returns(new SerializedType<>(StreamBatch.class, StreamBatchSerializer.INSTANCE))
            .name("reject")
            .uid(splitUid)
            .setParallelism(parallelism);
    return new StreamInput(miniBatches, miniBatches.getSideOutput(REJECTED));
  }

  /** Parts mini-batches and dead letters. */
  private static final class Part extends ProcessFunction<Taken, StreamBatch> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Taken taken, Context context, Collector<StreamBatch> out) {
      if (taken instanceof Taken.Dealt dealt) {
        out.collect(dealt.batch());
      } else {
        context.output(REJECTED, ((Taken.Refused) taken).record());
      }
    }
  }
}
