package dev.drey.connectors.avro;

import dev.drey.core.record.Excerpt;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.RejectedRecordException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Parses records of one schema. Not thread-safe. */
final class AvroParser implements RecordFormat.Parser {

  private final MessageHeader header;
  private final DepthLimitedReader reader;
  private final RecordLimits limits;
  private @Nullable BinaryDecoder decoder;

  AvroParser(Schema schema, AvroFormat.Framing framing, RecordLimits limits) {
    this.header = MessageHeader.of(framing, schema);
    this.reader = new DepthLimitedReader(schema, limits.depth());
    this.limits = limits;
  }

  @Override
  public Fields parse(byte[] value) throws RejectedRecordException {
    int start = header.check(value);
    GenericRecord record;
    boolean atEnd;
    try {
      decoder = DecoderFactory.get().binaryDecoder(value, start, value.length - start, decoder);
      record = reader.read(null, new SizeLimitedDecoder(decoder, limits));
      atEnd = decoder.isEnd();
    } catch (IOException | RuntimeException e) { // malformed data may cause any of these in Avro
      throw new RejectedRecordException(
          "is not Avro of the schema: "
              + Excerpt.of(e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
    if (!atEnd) {
      throw new RejectedRecordException("is not Avro of the schema: bytes follow the record");
    }
    return path -> value(find(record, path));
  }

  private static @Nullable Object find(GenericRecord record, FieldPath path) {
    Object at = record;
    for (String name : path.names()) {
      at = at == null ? null : inner(at, name);
    }
    return at;
  }

  private static @Nullable Object inner(Object at, String name) {
    if (at instanceof GenericRecord record) {
      return record.hasField(name) ? record.get(name) : null;
    }
    if (at instanceof Map<?, ?> map) {
      return map.get(new Utf8(name));
    }
    boolean place = name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (at instanceof List<?> list && place) {
      int index = Integer.parseInt(name);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  private static FieldValue value(@Nullable Object value) {
    if (value == null) {
      return FieldValue.Missing.HERE;
    }
    if (value instanceof Number number) {
      return new FieldValue.Decimal(number.doubleValue());
    }
    if (value instanceof CharSequence || value instanceof GenericEnumSymbol) {
      return new FieldValue.Text(value.toString());
    }
    if (value instanceof Boolean truth) {
      return new FieldValue.Truth(truth);
    }
    if (value instanceof List<?> list) {
      return numbers(list);
    }
    return new FieldValue.Other("a " + value.getClass().getSimpleName());
  }

  private static FieldValue numbers(List<?> list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        return new FieldValue.Other("an array that has something other than a number at " + i);
      }
      values[i] = number.doubleValue();
    }
    return new FieldValue.Numbers(values);
  }
}
