package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Where reading a partition ends. */
public sealed interface StoppingOffsets extends Serializable {

  /** The connector's initializer of the stopping offsets; empty if the stream is unbounded. */
  Optional<OffsetsInitializer> offsets();

  /** Never: the stream is unbounded. */
  record Never() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.empty();
    }
  }

  /** At the end that the partition has when the run starts. */
  record Latest() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.of(OffsetsInitializer.latest());
    }
  }

  /** Before the first record of this time or later. */
  record At(Instant time) implements StoppingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.of(OffsetsInitializer.timestamp(time.toEpochMilli()));
    }
  }
}
