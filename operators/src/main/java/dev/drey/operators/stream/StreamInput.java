package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;
import dev.drey.operators.type.SerializedType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SideOutputDataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A stream in a job's graph.
 *
 * @param miniBatches to be computed
 * @param rejected records that the encoder rejected
 */
public record StreamInput(
    DataStream<StreamBatch> miniBatches, SideOutputDataStream<RejectedRecord> rejected) {

  /**
   * Adds it to the graph.
   *
   * @param uid of the source
   * @param splitUid of the operator that splits its output
   */
  public static StreamInput addTo(
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
                new SerializedType<>(StreamItem.class, StreamItemSerializer.INSTANCE))
            .uid(uid)
            .setParallelism(parallelism)
            .process(source.splitter())
            .returns(new SerializedType<>(StreamBatch.class, StreamBatchSerializer.INSTANCE))
            .name("reject")
            .uid(splitUid)
            .setParallelism(parallelism);
    return new StreamInput(miniBatches, miniBatches.getSideOutput(StreamItemSplitter.REJECTED));
  }
}
