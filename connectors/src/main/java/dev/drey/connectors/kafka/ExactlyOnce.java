package dev.drey.connectors.kafka;

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

  private ExactlyOnce() {}

  /**
   * Creates a sink. After a failure the job must be restored within the timeout: the broker then
   * aborts open transactions.
   *
   * @param settings of the brokers; properties that producers do not know are omitted
   * @param schema serializes elements
   */
  public static <T> KafkaSink<T> sink(
      KafkaSettings settings, Transactions transactions, KafkaRecordSerializationSchema<T> schema) {
    Properties properties = ClientProperties.of(settings, ProducerConfig.configNames());
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        String.valueOf(transactions.timeout().toMillis()));
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(settings.servers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactions.prefix())
        .setRecordSerializer(schema)
        .build();
  }
}
