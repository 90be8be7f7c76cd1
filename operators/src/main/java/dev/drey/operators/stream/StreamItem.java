package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;

/** What becomes of records that were item in. */
sealed interface StreamItem {

  /** A mini-batch to compute. */
  record Dealt(StreamBatch batch) implements StreamItem {}

  /**
   * A mini-batch to compute once its examples are drawn, of those that were assigned out before.
   *
   * @param since the step that the oldest of them was assigned out for
   */
  record Replayed(long step, int slot, long since) implements StreamItem {}

  /** A record that no example could be made of. */
  record Refused(RejectedRecord record) implements StreamItem {}
}
