package dev.drey.benchmarks.stream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The values of a topic's records as a file, one after the other, for a peer to read. */
final class TopicFile {

  private static final Duration POLL = Duration.ofSeconds(5);

  private TopicFile() {}

  /**
   * Writes it.
   *
   * @return how many records
   * @throws IOException if the broker does not give them
   */
  static long write(String servers, String topic, Path file) throws IOException {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    long count = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
          throw new IOException("no record of " + topic + " within " + POLL.toSeconds() + " s");
        }
        for (ConsumerRecord<byte[], byte[]> each : records) {
          out.write(each.value());
          count++;
        }
      }
    }
    return count;
  }
}
