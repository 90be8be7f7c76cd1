package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Where a partition is read to. */
public sealed interface End extends Serializable {

  /** Finds the offset at which each partition ends; nothing if it has no end. */
  Optional<OffsetsInitializer> offsets();

  /** No end. */
  record Never() implements End {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.empty();
    }
  }

  /** What was there when the run started. */
  record Latest() implements End {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.of(OffsetsInitializer.latest());
    }
  }

  /** The last before that time. */
  record At(Instant time) implements End {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<OffsetsInitializer> offsets() {
      return Optional.of(OffsetsInitializer.timestamp(time.toEpochMilli()));
    }
  }
}
