package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.io.Serializable;

/**
 * The mini-batch of one slot: row numbers of a data set, or examples of a stream. An example is
 * identified by its index in the batch, from 0.
 */
public sealed interface Batch extends Serializable permits RowBatch, StreamBatch {

  /** The step, or the evaluation, that it belongs to. */
  Round round();

  /** The slot, from 0. */
  int slot();

  /** For a training step the step, from 0; for an evaluation the version that is evaluated. */
  default long step() {
    return round().step();
  }

  /** The number of examples, possibly 0. */
  int count();

  /**
   * The batch of the examples at these indices, in this order; the intake stays that of the whole.
   */
  Batch at(int[] places);

  /** The identities of the examples at these indices: row numbers or stream positions. */
  ExampleIds ids(int[] places);

  /** What was read from the stream to make this batch; {@link Intake#NONE} for a data set. */
  Intake intake();

  /**
   * Whether the examples were trained on before, and so must not count as a test of the weights.
   */
  boolean replayed();
}
