package dev.drey.connectors.kafka;

import dev.drey.core.stream.EndOffsets;
import dev.drey.core.stream.RawRecord;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Creates sources of Kafka records. */
public final class KafkaRecords {

  private KafkaRecords() {}

  /**
   * The source of the records that the settings select. A split is a partition, whose id equals
   * {@code Position.partition}; offsets are committed to the group with each checkpoint. Secrets
   * are resolved in the tasks, when they open their clients.
   *
   * <p>A job fails, and is not restarted, if a topic was deleted and created again since the
   * checkpoint, if a partition ends before the offset in the checkpoint, or, with {@link
   * LostOffsets#FAIL}, if records were deleted before they were read.
   */
  public static Source<RawRecord, KafkaPartitionSplit, ?> source(KafkaSettings settings) {
    return new KafkaRecordSource(settings);
  }

  /** The ends of the partitions that the settings select, by {@code Position.partition}. */
  public static EndOffsets.Provider ends(KafkaSettings settings) {
    return () -> new KafkaEndOffsets(settings);
  }
}
