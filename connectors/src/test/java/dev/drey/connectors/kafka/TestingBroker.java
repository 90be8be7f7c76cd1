package dev.drey.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real broker in this process, on the loopback interface. */
public final class TestingBroker implements AutoCloseable {

  private final KafkaClusterTestKit cluster;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;

  /** Starts one. */
  public TestingBroker() throws Exception {
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    Map<String, String> ofOneBroker = new HashMap<>();
    ofOneBroker.put("auto.create.topics.enable", "false");
    ofOneBroker.put("offsets.topic.num.partitions", "1");
    ofOneBroker.put("offsets.topic.replication.factor", "1");
    ofOneBroker.put("transaction.state.log.num.partitions", "1");
    ofOneBroker.put("transaction.state.log.replication.factor", "1");
    ofOneBroker.put("transaction.state.log.min.isr", "1");
    ofOneBroker.put("group.initial.rebalance.delay.ms", "0");
    KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(nodes);
    ofOneBroker.forEach(builder::setConfigProp);
    cluster = builder.build();
    cluster.format();
    cluster.startup();
    cluster.waitForReadyBrokers();
    admin = Admin.create(client());
    Properties properties = client();
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Properties client() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers());
    return properties;
  }

  /** Where it listens. */
  public String servers() {
    return cluster.bootstrapServers();
  }

  /** Makes a topic. */
  public void create(String topic, int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** Gives a topic more partitions. */
  public void grow(String topic, int partitions) throws Exception {
    admin
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** Deletes a topic; a topic of the same name may be made at once. */
  public void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
  }

  /** Deletes the records of a partition before an offset, as retention does. */
  public void deleteRecords(String topic, int partition, long before) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** Commits an offset of partition 0 for a group. */
  public void commit(String group, String topic, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  /** Sends values to partition 0 in a transaction of its own, and commits or aborts it. */
  public void sendInTransaction(String topic, List<String> values, boolean commit)
      throws Exception {
    Properties properties = client();
    properties.put("transactional.id", "test-" + UUID.randomUUID());
    try (Producer<byte[], byte[]> transactional =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      transactional.initTransactions();
      transactional.beginTransaction();
      for (String value : values) {
        transactional
            .send(new ProducerRecord<>(topic, 0, null, value.getBytes(StandardCharsets.UTF_8)))
            .get(30, TimeUnit.SECONDS);
      }
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  /** Sends a text, and waits until it is there; its offset. */
  public long send(String topic, int partition, long timestamp, String value) throws Exception {
    return send(topic, partition, timestamp, null, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a record, and waits until it is there; its offset. */
  public long send(String topic, int partition, long timestamp, byte[] key, byte[] value)
      throws Exception {
    return producer
        .send(new ProducerRecord<>(topic, partition, timestamp, key, value))
        .get(30, TimeUnit.SECONDS)
        .offset();
  }

  /** Sends values in their order, and waits until they are there; the offset of each. */
  public List<Long> sendAll(String topic, int partition, List<byte[]> values) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (byte[] value : values) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    }
    List<Long> offsets = new ArrayList<>();
    for (Future<RecordMetadata> each : sent) {
      offsets.add(each.get(60, TimeUnit.SECONDS).offset());
    }
    return offsets;
  }

  /** What a group has committed of a topic, by partition. */
  public Map<Integer, Long> committed(String group, String topic) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(30, TimeUnit.SECONDS);
    Map<Integer, Long> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topic) && offset != null) {
            committed.put(partition.partition(), offset.offset());
          }
        });
    return committed;
  }

  /** All records of partition 0 that readers of the isolation level see. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, IsolationLevel isolation) {
    Properties properties = client();
    properties.put("isolation.level", isolation.name().toLowerCase(Locale.ROOT));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException("the broker cannot be stopped", e);
    }
  }
}
