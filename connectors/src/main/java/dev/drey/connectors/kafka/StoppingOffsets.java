package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;

/** Where a partition is read to. */
public sealed interface StoppingOffsets extends Serializable {

  /** No end. */
  record Never() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** What was there when the run started. */
  record Latest() implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** The last before that time. */
  record At(Instant time) implements StoppingOffsets {
    private static final long serialVersionUID = 1L;
  }
}
