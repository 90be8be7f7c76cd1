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
 * A consumer for programs outside Flink: reads the partitions that the topics have when it is
 * opened. Has no consumer group and commits no offsets. For one thread.
 */
public final class RecordConsumer implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * Connects; reading starts at the earliest offsets.
   *
   * @param settings of the brokers
   * @param topics number of partitions by topic
   * @param committed whether to read committed records only, regardless of the properties
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
   * Sets the offsets to read next.
   *
   * @param offsets by partition name, see {@link Position}; other partitions keep theirs
   */
  public void seek(Map<String, Long> offsets) {
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition.toString());
      if (offset != null) {
        consumer.seek(partition, offset);
      }
    }
  }

  /** The next records, in order within a partition; none if there are none within the time. */
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

  /** Whether all records that exist at the time of the call have been polled. */
  public boolean isAtEnd() {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
