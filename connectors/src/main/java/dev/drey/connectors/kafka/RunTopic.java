package dev.drey.connectors.kafka;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** Sinks for topics to which a run reports, as JSON. */
public final class RunTopic {

  private RunTopic() {}

  /** Encodes elements as JSON. */
  @FunctionalInterface
  public interface JsonEncoder<T> extends Serializable {

    /** The element as JSON, in UTF-8. */
    byte[] of(T element) throws IOException;
  }

  /**
   * Creates an exactly-once sink, see {@link ExactlyOnce#sink}. The key of every record is the
   * run's name, so that all records of a run go to one partition and keep their order.
   *
   * @param settings of the brokers; producers use the consumers' security properties
   * @param topic an existing topic
   * @param run the run's name
   */
  public static <T> KafkaSink<T> sink(
      KafkaSettings settings,
      String topic,
      Transactions transactions,
      String run,
      JsonEncoder<T> encoder) {
    return ExactlyOnce.sink(settings, transactions, new RunRecordSchema<>(topic, run, encoder));
  }
}
