package dev.drey.connectors.kafka;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Serializes dead letters as Kafka records. */
record RejectedRecordSchema(String topic)
    implements KafkaRecordSerializationSchema<RejectedRecord> {

  private static final long serialVersionUID = 1L;

  /**
   * A broker's default limit of a record, less room for headers: most bytes of key and value
   * together.
   */
  static final int MOST_BYTES = 1_000_000;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedRecord rejected, KafkaSinkContext context, @Nullable Long timestamp) {
    RawRecord read = rejected.record();
    byte[] value = cut(read);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, read.key(), value);
    Position position = read.position();
    int dash = position.partition().lastIndexOf('-');
    Headers headers = record.headers();
    add(headers, "reason", rejected.reason());
    add(headers, "topic", position.partition().substring(0, Math.max(0, dash)));
    add(headers, "partition", position.partition().substring(dash + 1));
    add(headers, "offset", String.valueOf(position.offset()));
    add(headers, "timestamp", String.valueOf(read.timestamp()));
    if (read.value() != null && value != null && value.length < read.value().length) {
      add(headers, "bytes", String.valueOf(read.value().length));
    }
    return record;
  }

  private static byte @Nullable [] cut(RawRecord read) {
    byte[] value = read.value();
    byte[] key = read.key();
    int most = Math.max(0, MOST_BYTES - (key == null ? 0 : key.length));
    return value == null || value.length <= most ? value : Arrays.copyOf(value, most);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add("drey." + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
