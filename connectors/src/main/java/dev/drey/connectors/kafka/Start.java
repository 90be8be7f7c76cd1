package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where a partition is read from, in a run without a checkpoint. */
public sealed interface Start extends Serializable {

  /** Finds the first offset of each partition. */
  OffsetsInitializer offsets();

  /** The first record there is. */
  record Earliest() implements Start {

    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.earliest();
    }
  }

  /** The first that is written after the run has started. */
  record Latest() implements Start {

    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.latest();
    }
  }

  /** Where the group has come to, by the offsets committed; else the first record there is. */
  record Committed() implements Start {

    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("deprecation") // the connector takes no other type
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }
  }

  /** The first of that time or later; if there is none, as {@link Latest}. */
  record At(Instant time) implements Start {

    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }
  }
}
