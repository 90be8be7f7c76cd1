package dev.drey.connectors.kafka;

import dev.drey.core.stream.RejectedRecord;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** The sink that writes dead letters to a topic. */
public final class DeadLetterTopic {

  private DeadLetterTopic() {}

  /**
   * Creates the sink. Delivery is exactly once: consumers with read_committed see a dead letter
   * when the checkpoint that contains it is complete. Every dead letter has the record's key and
   * value, and text headers: {@code drey.reason}, {@code drey.topic}, {@code drey.partition},
   * {@code drey.offset}, {@code drey.timestamp} (milliseconds since 1970). Key and value beyond
   * {@value RejectedRecordSchema#MOST_BYTES} bytes, which a broker would refuse, are truncated;
   * {@code drey.bytes} is then the original length of the value.
   *
   * @param settings of the brokers; producers use the consumers' security properties
   * @param topic an existing topic
   */
  public static KafkaSink<RejectedRecord> sink(
      KafkaSettings settings, String topic, Transactions transactions) {
    return ExactlyOnce.sink(settings, transactions, new RejectedRecordSchema(topic));
  }
}
