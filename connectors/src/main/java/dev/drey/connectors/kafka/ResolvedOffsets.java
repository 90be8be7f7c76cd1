package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starting offsets as numbers, looked up once: "the earliest" in a checkpoint would mean another
 * offset after records were deleted. Consumers get no reset policy, for the same reason.
 */
record ResolvedOffsets(Lookup lookup) implements OffsetsInitializer {

  private static final long serialVersionUID = 1L;

  /** Looks up an offset for each partition. */
  @FunctionalInterface
  interface Lookup extends Serializable {
    Map<TopicPartition, Long> of(
        Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
    return partitions.isEmpty() ? Map.of() : lookup.of(partitions, brokers);
  }

  @Override
  @SuppressWarnings("deprecation") // the connector's interface has this type
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
