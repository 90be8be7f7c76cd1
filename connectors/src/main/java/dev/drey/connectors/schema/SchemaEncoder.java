package dev.drey.connectors.schema;

import dev.drey.core.feature.ClassLabels;
import dev.drey.core.record.Excerpt;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Encodes records by a user's class and validates its examples; any exception rejects the record.
 */
final class SchemaEncoder implements Encoder {

  private final SchemaEncoding encoding;
  private final DeserializationSchema<Example> schema;

  SchemaEncoder(SchemaEncoding encoding, DeserializationSchema<Example> schema) {
    this.encoding = encoding;
    this.schema = schema;
    try {
      schema.open(new Context());
    } catch (Exception e) { // as the interface declares it
      throw new IllegalStateException(encoding.className() + " cannot be opened", e);
    }
  }

  @Override
  public Example encode(RawRecord record) throws RejectedRecordException {
    byte[] value = record.value();
    if (value == null) {
      throw new RejectedRecordException("has no value");
    }
    if (value.length > encoding.limits().bytes()) {
      throw new RejectedRecordException(
          "has %,d bytes, the limit is %,d".formatted(value.length, encoding.limits().bytes()));
    }
    Example example = example(value);
    check(example.features(), encoding.features(), "features");
    check(example.labels(), encoding.labels(), "label values");
    ClassLabels.check(example.labels(), encoding.classes());
    boolean heldOut = example.heldOut() || encoding.holdOut().holds(record);
    return new Example(example.features(), example.labels(), heldOut);
  }

  private Example example(byte[] value) throws RejectedRecordException {
    Object made;
    try {
      made = ((DeserializationSchema<?>) schema).deserialize(value);
    } catch (IOException | RuntimeException e) {
      throw new RejectedRecordException("is refused: " + Excerpt.of(String.valueOf(e)));
    }
    if (made instanceof Example example) {
      return example;
    }
    throw new RejectedRecordException("gives no example but " + Excerpt.of(String.valueOf(made)));
  }

  private static void check(float[] numbers, int count, String what)
      throws RejectedRecordException {
    if (numbers.length != count) {
      throw new RejectedRecordException(
          "has " + numbers.length + " " + what + ", must have " + count);
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new RejectedRecordException(what + " have " + number + ", must be finite");
      }
    }
  }

  @Override
  public byte[] learnt() {
    return new byte[0];
  }

  /** The context for {@link DeserializationSchema#open}. */
  private static final class Context implements InitializationContext {

    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(Thread.currentThread().getContextClassLoader());
    }
  }
}
