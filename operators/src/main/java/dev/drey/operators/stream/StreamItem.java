package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.RejectedRecord;

/** What a reader of a stream puts out. */
sealed interface StreamItem {

  /** A mini-batch to compute. */
  record MiniBatch(StreamBatch batch) implements StreamItem {}

  /**
   * A slot of a step whose mini-batch is sampled from examples of earlier steps.
   *
   * @param since the earliest step whose examples may be sampled
   */
  record Replay(long step, int slot, long since) implements StreamItem {}

  /** A record that the encoder rejected. */
  record Rejected(RejectedRecord record) implements StreamItem {}
}
