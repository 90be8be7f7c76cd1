package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import java.io.Serializable;

/**
 * What one slot computes on: the numbers of rows of a data set, or examples of a stream. Examples
 * are told by their place in it, from 0.
 */
public sealed interface Batch extends Serializable permits MiniBatch, StreamBatch {

  /** For a gradient the step, from 0; for an evaluation the version that is evaluated. */
  long step();

  /** The slot, from 0. */
  int slot();

  /** Gradient or evaluation. */
  Task task();

  /** How many examples there are. */
  int count();

  /** A batch of the examples at these places, in this order. */
  Batch at(int[] places);

  /** Which examples are at these places. */
  ExampleIds ids(int[] places);

  /** What was taken in of a stream to make it. */
  Intake intake();

  /** Whether its examples were trained on before: they are to be no test of the weights. */
  boolean replayed();
}
