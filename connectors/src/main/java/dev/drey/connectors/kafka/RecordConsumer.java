package dev.drey.connectors.kafka;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the partitions of some topics that are there as it is opened, each record once, for a
 * program that is no Flink job. Belongs to no group and commits nothing. One thread.
 */
public final class RecordConsumer implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * Connects, to read all there is.
   *
   * @param settings of the brokers
   * @param topics how many partitions each has
   * @param committed whether only records of committed transactions are read, whatever the
   *     properties say
   */
  public RecordConsumer(KafkaSettings settings, Map<String, Integer> topics, boolean committed) {
    Properties properties = ClientProperties.of(settings, ConsumerConfig.configNames());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    if (committed) {
      properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    topics.forEach(
        (topic, count) -> {
          for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
          }
        });
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Goes on from some offsets.
   *
   * @param offsets by partition, named as {@link Position}s name it; others stay where they are
   */
  public void seek(Map<String, Long> offsets) {
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition.toString());
      if (offset != null) {
        consumer.seek(partition, offset);
      }
    }
  }

  /** The next records; none if there are none in time. Those of a partition are in order. */
  public List<RawRecord> poll(Duration wait) {
    List<RawRecord> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      records.add(
          new RawRecord(
              new Position(record.topic() + "-" + record.partition(), record.offset()),
              record.timestamp(),
              record.key(),
              record.value()));
    }
    return records;
  }

  /** Whether all that could be read as this is asked has been polled. */
  public boolean isAtEnd() {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
