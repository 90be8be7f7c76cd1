package dev.drey.connectors.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Stands in a partition's sequence of records for those that were deleted before they were read. It
 * has the offset of the last of them, so that a checkpoint behind it continues after the gap. It is
 * recognised by its class, which no record of a topic can have.
 */
final class LostRecords extends ConsumerRecord<byte[], byte[]> {

  private final long first;

  /**
   * @param from the first offset that is gone
   * @param to the offset after the last one, above {@code from}
   */
  LostRecords(TopicPartition partition, long from, long to) {
    super(partition.topic(), partition.partition(), to - 1, null, null);
    this.first = from;
  }

  long first() {
    return first;
  }

  long count() {
    return offset() + 1 - first;
  }
}
