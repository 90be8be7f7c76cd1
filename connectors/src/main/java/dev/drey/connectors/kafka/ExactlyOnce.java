package dev.drey.connectors.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Transactional sinks: read_committed consumers see each record once, when the checkpoint is
 * complete.
 */
public final class ExactlyOnce {

  /** The broker's default of transaction.max.timeout.ms, the longest that it allows. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private ExactlyOnce() {}

  /**
   * Creates a sink. After a failure the job must be restored within 15 minutes: the broker then
   * aborts open transactions.
   *
   * @param settings of the brokers; properties that producers do not know are omitted
   * @param transactions prefix of the transactional ids, unique to this sink of this run
   * @param schema serializes elements
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
