package dev.drey.connectors.kafka;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes records on as bytes, which encoders decode later. */
record RawRecordSchema() implements KafkaRecordDeserializationSchema<RawRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    String partition = record.topic() + "-" + record.partition();
    if (record instanceof LostRecords lost) {
      out.collect(RawRecord.lost(new Position(partition, lost.first()), lost.count()));
      return;
    }
    out.collect(
        new RawRecord(
            new Position(partition, record.offset()),
            record.timestamp(),
            record.key(),
            record.value()));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
