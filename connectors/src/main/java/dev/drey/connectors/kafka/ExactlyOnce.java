package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sinks whose records readers of committed ones see once, when a checkpoint is complete. */
public final class ExactlyOnce {

  /** What a broker's transaction.max.timeout.ms allows if nobody has changed it. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private ExactlyOnce() {}

  /**
   * A sink. A job must go on from its checkpoint within 15 minutes: the broker gives up a
   * transaction then.
   *
   * @param settings of the brokers; producers take of their properties what they know
   * @param transactions what the names of the transactions begin with: this sink's of this run
   *     alone
   * @param schema makes records of elements
   */
  public static <T> KafkaSink<T> sink(
      KafkaSettings settings, String transactions, KafkaRecordSerializationSchema<T> schema) {
    Properties properties = ClientProperties.of(settings, ProducerConfig.configNames());
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(settings.servers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactions)
        .setRecordSerializer(schema)
        .build();
  }
}
