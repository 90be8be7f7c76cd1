package dev.drey.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.RejectedRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class AvroFormatTest {

  static final String SCHEMA =
      """
      {"type": "record", "name": "Flight", "fields": [
        {"name": "x", "type": ["null", "double"]},
        {"name": "origin", "type": "string"},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["NEAR", "FAR"]}},
        {"name": "wind", "type": {"type": "array", "items": "int"}},
        {"name": "inner", "type": ["null", {"type": "record", "name": "Inner", "fields": [
          {"name": "y", "type": "boolean"},
          {"name": "more", "type": ["null", "Inner"]}]}]},
        {"name": "tags", "type": {"type": "map", "values": "long"}}]}
      """;

  static GenericRecord flight() {
    Schema schema = AvroFormat.parse(SCHEMA);
    GenericRecord flight = new GenericData.Record(schema);
    flight.put("x", 12.5);
    flight.put("origin", "SEA");
    Schema kind = schema.getField("kind").schema();
    flight.put("kind", new GenericData.EnumSymbol(kind, "FAR"));
    flight.put("wind", List.of(1, 2, 3));
    GenericRecord inner =
        new GenericData.Record(schema.getField("inner").schema().getTypes().get(1));
    inner.put("y", true);
    flight.put("inner", inner);
    flight.put("tags", Map.of("seats", 180L));
    return flight;
  }

  static byte[] written(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static FieldValue value(Fields fields, String path) throws RejectedRecordException {
    return fields.get(new FieldPath(path));
  }

  private static Fields parse(AvroFormat.Framing framing, byte[] bytes)
      throws RejectedRecordException {
    return new AvroFormat(SCHEMA, framing).open(RecordLimits.DEFAULT).parse(bytes);
  }

  @Test
  void fieldsAreReadAtAnyDepth() throws Exception {
    Fields fields = parse(AvroFormat.Framing.BINARY, written(flight()));

    assertThat(value(fields, "x")).isEqualTo(new FieldValue.Decimal(12.5));
    assertThat(value(fields, "origin")).isEqualTo(new FieldValue.Text("SEA"));
    assertThat(value(fields, "kind")).isEqualTo(new FieldValue.Text("FAR"));
    assertThat(value(fields, "wind")).isEqualTo(new FieldValue.Numbers(new double[] {1, 2, 3}));
    assertThat(value(fields, "wind.1")).isEqualTo(new FieldValue.Decimal(2));
    assertThat(value(fields, "inner.y")).isEqualTo(new FieldValue.Truth(true));
    assertThat(value(fields, "inner.more.y")).isEqualTo(new FieldValue.Missing());
    assertThat(value(fields, "tags.seats")).isEqualTo(new FieldValue.Decimal(180));
    assertThat(value(fields, "tags.doors")).isEqualTo(new FieldValue.Missing());
  }

  @Test
  void theFramesOfAvroAndOfConfluentAreTakenOff() throws Exception {
    GenericRecord flight = flight();
    ByteBuffer single =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), flight.getSchema())
            .encode(flight);
    byte[] bytes = new byte[single.remaining()];
    single.get(bytes);
    byte[] plain = written(flight);
    byte[] registered = ByteBuffer.allocate(5 + plain.length).putInt(1, 77).put(5, plain).array();

    assertThat(value(parse(AvroFormat.Framing.SINGLE_OBJECT, bytes), "x"))
        .isEqualTo(new FieldValue.Decimal(12.5));
    assertThat(value(parse(AvroFormat.Framing.CONFLUENT, registered), "x"))
        .isEqualTo(new FieldValue.Decimal(12.5));
    bytes[4]++;
    assertThatThrownBy(() -> parse(AvroFormat.Framing.SINGLE_OBJECT, bytes))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageStartingWith("is written with the schema of fingerprint ");
  }

  @Test
  void aFieldThatTheSchemaLacksIsKnownBeforeAnyRecord() {
    AvroFormat format = new AvroFormat(SCHEMA, AvroFormat.Framing.BINARY);

    assertThat(format.fault(new FieldPath("inner.more.y"))).isEmpty();
    assertThat(format.fault(new FieldPath("tags.anything"))).isEmpty();
    assertThat(format.fault(new FieldPath("delay")))
        .contains(
            "is not a field of the schema: delay is not in Flight, which has x, origin, kind, wind,"
                + " inner, tags");
    assertThat(format.fault(new FieldPath("inner.z")))
        .contains("is not a field of the schema: z is not in Inner, which has y, more");
    assertThat(format.fault(new FieldPath("origin.z")))
        .contains("is not a field of the schema: z is not in string");
  }

  @Test
  void aSchemaMustBeOne() {
    assertThatThrownBy(() -> new AvroFormat("{", AvroFormat.Framing.BINARY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not an Avro schema: ");
    assertThatThrownBy(() -> new AvroFormat("\"int\"", AvroFormat.Framing.BINARY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is a schema of INT, must be of a RECORD");
  }

  @Test
  void lengthsAreLookedAtBeforeAnythingIsMade() {
    // x: null; origin: a text of 2^30 bytes
    byte[] text = {0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8};

    assertThatThrownBy(() -> parse(AvroFormat.Framing.BINARY, text))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("a text of 1073741824 bytes, the limit is 1048576");
    // x: null; origin: ""; kind: NEAR; wind: 2^30 items
    byte[] array = {0, 0, 0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8};
    assertThatThrownBy(() -> parse(AvroFormat.Framing.BINARY, array))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("1073741824 items, the limit is 1048576");
  }

  @Test
  void aRecordWithinItselfHasAnEnd() throws Exception {
    GenericRecord flight = flight();
    Schema inner = flight.getSchema().getField("inner").schema().getTypes().get(1);
    GenericRecord at = (GenericRecord) flight.get("inner");
    for (int i = 0; i < 100; i++) {
      GenericRecord more = new GenericData.Record(inner);
      more.put("y", false);
      at.put("more", more);
      at = more;
    }
    byte[] deep = written(flight);

    assertThatThrownBy(() -> parse(AvroFormat.Framing.BINARY, deep))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("values are nested deeper than 64");
  }
}
