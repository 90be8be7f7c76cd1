package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;

/** Where a partition is read from, in a run without a checkpoint. */
public sealed interface StartingOffsets extends Serializable {

  /** The first record there is. */
  record Earliest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** The first that is written after the run has started. */
  record Latest() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** Where the group has come to, by the offsets committed; else the first record there is. */
  record Committed() implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }

  /** The first of that time or later; if there is none, as {@link Latest}. */
  record At(Instant time) implements StartingOffsets {
    private static final long serialVersionUID = 1L;
  }
}
