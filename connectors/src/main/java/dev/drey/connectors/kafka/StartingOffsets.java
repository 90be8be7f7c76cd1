package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where reading a partition starts in a run that is not restored. */
public sealed interface StartingOffsets extends Serializable {

  /** The connector's initializer of the starting offsets. */
  OffsetsInitializer offsets();

  /** At the first record that exists. */
  record Earliest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.earliest();
    }
  }

  /** After the records that exist when the run starts. */
  record Latest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.latest();
    }
  }

  /** At the group's committed offset, or the first record if there is none. */
  record Committed() implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("deprecation") // the connector offers no alternative
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }
  }

  /** At the first record of this time or later; as {@link Latest} if there is none. */
  record At(Instant time) implements StartingOffsets {
    private static final long serialVersionUID = 1L;

    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }
  }
}
