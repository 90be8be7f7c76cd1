package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;

/** Where reading a partition starts in a run that is not restored. */
public sealed interface StartingOffsets extends Serializable {

  /** At the first record that exists. */
  record Earliest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** After the records that exist when the run starts. */
  record Latest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** At the group's committed offset, or the first record if there is none. */
  record Committed() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** At the first record of this time or later; as {@link Latest} if there is none. */
  record At(Instant time) implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }
}
