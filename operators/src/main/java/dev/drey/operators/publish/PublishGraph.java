package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.VersionShard;
import dev.drey.operators.stream.StreamBatchSerializer;
import dev.drey.operators.type.SerializedType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Draws the publishing of versions; {@link PublishOperator#RULINGS} is a side output of it. */
public final class PublishGraph {

  private static final String NAME = "publish";

  private PublishGraph() {}

  /**
   * Publishes every version.
   *
   * @param versions shard by shard
   * @param parameters of the flat vector
   * @param uids of the job's operators
   */
  public static SingleOutputStreamOperator<Publication> all(
      DataStream<VersionShard> versions, int parameters, Press press, Uids uids) {
    return named(
        versions.transform(
            NAME, TypeInformation.of(Publication.class), new PublishOperator(parameters, press)),
        uids);
  }

  /**
   * Publishes the versions that pass a gate.
   *
   * @param versions shard by shard
   * @param miniBatches of the stream, as they are dealt out
   * @param uids of the job's operators
   */
  public static SingleOutputStreamOperator<Publication> gated(
      DataStream<VersionShard> versions,
      DataStream<StreamBatch> miniBatches,
      Press press,
      GateSettings gate,
      Uids uids) {
    DataStream<StreamBatch> recent =
        miniBatches
            .map(new WindowSample(gate.steps().every(), gate.rule().examples()))
            .returns(new SerializedType<>(StreamBatch.class, StreamBatchSerializer.INSTANCE))
            .name("recent examples")
            .uid(uids.of("recent-examples"))
            .setParallelism(miniBatches.getParallelism());
    return named(
        versions
            .connect(recent)
            .transform(
                NAME,
                TypeInformation.of(Publication.class),
                new GatedPublishFactory(press, gate, uids)),
        uids);
  }

  /** The same with and without a gate, so that a run may go on with another. */
  private static SingleOutputStreamOperator<Publication> named(
      SingleOutputStreamOperator<Publication> publications, Uids uids) {
    return publications.uid(uids.of(NAME)).setParallelism(1);
  }
}
