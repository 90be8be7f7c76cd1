package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;

/** What becomes of records that were taken in. */
sealed interface Taken {

  /** A mini-batch to compute. */
  record Dealt(StreamBatch batch) implements Taken {}

  /** A record that no example could be made of. */
  record Refused(RejectedRecord record) implements Taken {}
}
