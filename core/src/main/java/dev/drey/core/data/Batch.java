package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.io.Serializable;

/**
 * The examples that one slot of a round computes on: row numbers of a data set, or examples of a
 * stream. An example is identified by its place in the batch, from 0.
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

  /** How many examples there are. */
  int count();

  /** A batch of the examples at these places, in this order. */
  Batch at(int[] places);

  /** Which examples are at these places. */
  ExampleIds ids(int[] places);

  /** What was read of a stream to make it. */
  Intake intake();

  /**
   * Whether its examples were trained on before: then they do not count as a test of the weights.
   */
  boolean replayed();
}
