package dev.drey.connectors.kafka;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** A topic that a run writes of itself to, as JSON. */
public final class RunTopic {

  private RunTopic() {}

  /** Describes elements. */
  @FunctionalInterface
  public interface JsonEncoder<T> extends Serializable {

    /** The element as JSON, in UTF-8. */
    byte[] of(T element) throws IOException;
  }

  /**
   * The sink, exactly once; see {@link ExactlyOnce#sink}. The key of every record is the run's
   * name, so that all of a run go to one partition and keep their order.
   *
   * @param settings of the brokers; their security is the consumers'
   * @param topic that is there
   * @param transactions what the names of the transactions begin with: this sink's of this run
   *     alone
   * @param run its name
   */
  public static <T> KafkaSink<T> sink(
      KafkaSettings settings,
      String topic,
      String transactions,
      String run,
      JsonEncoder<T> encoder) {
    return ExactlyOnce.sink(settings, transactions, new RunRecordSchema<>(topic, run, encoder));
  }
}
