package dev.drey.operators.stream;

import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The encoders of a task's partitions. Not thread-safe. */
final class PartitionEncoders {

  private final Encoder.Factory factory;
  private final Map<String, Encoder> encoders = new HashMap<>();

  PartitionEncoders(Encoder.Factory factory) {
    this.factory = factory;
  }

  /**
   * Adds a partition that this task reads from now on.
   *
   * @param learnt what its encoder has learnt so far; null to start without
   */
  void add(String partition, byte @Nullable [] learnt) {
    encoders.put(partition, factory.open(learnt));
  }

  boolean isEmpty() {
    return encoders.isEmpty();
  }

  Example encode(RawRecord record) throws RejectedRecordException {
    Example example = of(record.position().partition()).encode(record);
    if (example.features().length != factory.features()
        || example.labels().length != factory.labels()) {
      throw new IllegalStateException(
          "%s: the encoder made %d features and %d labels, must make %d and %d"
              .formatted(
                  record.position(),
                  example.features().length,
                  example.labels().length,
                  factory.features(),
                  factory.labels()));
    }
    return example;
  }

  byte[] learnt(String partition) {
    return of(partition).learnt();
  }

  private Encoder of(String partition) {
    Encoder encoder = encoders.get(partition);
    if (encoder == null) {
      throw new IllegalStateException(
          "a record is of partition " + partition + ", this task reads " + encoders.keySet());
    }
    return encoder;
  }
}
