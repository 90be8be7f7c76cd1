package dev.drey.connectors.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Serializes what a run reports (metrics, drifts, publications) as Kafka records. */
record RunRecordSchema<T>(String topic, String run, RunTopic.JsonEncoder<T> encoder)
    implements KafkaRecordSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, @Nullable Long timestamp) {
    try {
      return new ProducerRecord<>(topic, run.getBytes(StandardCharsets.UTF_8), encoder.of(element));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
