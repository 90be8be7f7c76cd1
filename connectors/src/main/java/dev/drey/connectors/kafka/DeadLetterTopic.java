package dev.drey.connectors.kafka;

import dev.drey.core.stream.RejectedRecord;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** Writes dead letters to a topic. */
public final class DeadLetterTopic {

  private DeadLetterTopic() {}

  /**
   * The sink, exactly once: readers of committed records see a dead letter once the checkpoint is
   * complete that has it. Every letter has the record's key and value, and headers of text: {@code
   * drey.reason}, {@code drey.topic}, {@code drey.partition}, {@code drey.offset}, {@code
   * drey.timestamp} (milliseconds since 1970). A value that a broker would refuse with them, past
   * {@value RejectedRecordSchema#MOST_BYTES} bytes, is cut, and {@code drey.bytes} says how long it
   * was.
   *
   * @param settings of the brokers; their security is the consumers'
   * @param topic that is there
   * @param transactions what the names of the transactions begin with: one job's alone
   */
  public static KafkaSink<RejectedRecord> sink(
      KafkaSettings settings, String topic, String transactions) {
    return ExactlyOnce.sink(settings, transactions, new RejectedRecordSchema(topic));
  }
}
