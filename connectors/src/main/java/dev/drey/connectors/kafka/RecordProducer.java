package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic with an idempotent producer, in the order of sending. For one thread.
 */
public final class RecordProducer implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Creates a producer.
   *
   * @param settings of the brokers; properties that producers do not know are omitted
   * @param topic an existing topic
   */
  public RecordProducer(KafkaSettings settings, String topic) {
    Properties properties = ClientProperties.of(settings, ProducerConfig.configNames());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(DEADLINE.toMillis()));
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
  }

  /**
   * Creates a topic unless it exists.
   *
   * @return whether it was created
   * @throws TopicException if it cannot be created
   */
  public static boolean create(KafkaSettings settings, String topic, int partitions)
      throws TopicException, InterruptedException {
    Properties properties = ClientProperties.of(settings, AdminClientConfig.configNames());
    try (Admin admin = Admin.create(properties)) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new TopicException(
          TopicException.Blame.TOPICS,
          topic + " cannot be created: " + (e.getCause() == null ? e : e.getCause()).getMessage());
    } catch (TimeoutException e) {
      throw new TopicException(
          TopicException.Blame.SERVERS,
          "no broker of " + settings.servers() + " answers within " + DEADLINE.toSeconds() + " s");
    }
  }

  /**
   * Sends a record; blocks while the producer's buffer is full.
   *
   * @throws KafkaException if an earlier record could not be written
   */
  public void send(byte @Nullable [] key, byte[] value) {
    checkFailure();
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (written, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Waits until all records sent so far are written. */
  public void flush() {
    producer.flush();
    checkFailure();
  }

  private void checkFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException(topic + " cannot be written: " + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    producer.close(DEADLINE);
  }
}
