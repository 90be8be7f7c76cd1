package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.VersionShard;
import dev.drey.operators.stream.StreamBatchSerializer;
import dev.drey.operators.type.SerializedType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Adds the operators that publish versions to a job; {@link PublishOperator#DECISIONS} is their
 * side output.
 */
public final class PublishGraph {

  private static final String NAME = "publish";

  private PublishGraph() {}

  /**
   * Publishes every version.
   *
   * @param versions shards of versions
   * @param parameters length of the flat vector
   * @param uids of the job's operators
   */
  public static SingleOutputStreamOperator<Publication> all(
      DataStream<VersionShard> versions, int parameters, ModelPublisher publisher, Uids uids) {
    return named(
        versions.transform(
            NAME,
            TypeInformation.of(Publication.class),
            new PublishOperator(parameters, publisher)),
        uids);
  }

  /**
   * Publishes the versions that pass a gate.
   *
   * @param versions shards of versions
   * @param miniBatches the stream's mini-batches, as the source emits them
   * @param uids of the job's operators
   */
  public static SingleOutputStreamOperator<Publication> gated(
      DataStream<VersionShard> versions,
      DataStream<StreamBatch> miniBatches,
      ModelPublisher publisher,
      GateSettings gate,
      Uids uids) {
    DataStream<StreamBatch> recent =
        miniBatches
            .map(new WindowFilter(gate.steps().every(), gate.rule().examples()))
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
                new GatedPublishFactory(publisher, gate, uids)),
        uids);
  }

  /** Uses the same uid with and without a gate, so that a resumed run may add or remove it. */
  private static SingleOutputStreamOperator<Publication> named(
      SingleOutputStreamOperator<Publication> publications, Uids uids) {
    return publications.uid(uids.of(NAME)).setParallelism(1);
  }
}
