package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;

/** Where reading a partition ends. */
public sealed interface StoppingOffsets extends Serializable {

  /** Never: the stream is unbounded. */
  record Never() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** At the end that the partition has when the run starts. */
  record Latest() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** Before the first record of this time or later. */
  record At(Instant time) implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }
}
