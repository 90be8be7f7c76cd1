package dev.drey.core.data;

import dev.drey.core.work.Round;

/**
 * What mini-batches in flight are in savepoints of Drey's first format, which named this class and
 * its components: nothing else may make one. {@link RowBatch} took its place.
 *
 * @param step of the round
 * @param slot of the round
 * @param task gradient for a training step
 * @param epoch of the mini-batch
 * @param rows of the mini-batch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MiniBatch(long step, int slot, Task task, int epoch, int[] rows) {

  /** The same, as it is today. */
  public RowBatch current() {
    Round round =
        switch (task) {
          case GRADIENT -> Round.training(step);
          case EVALUATION -> Round.evaluation(step);
          case PREDICTION ->
              throw new IllegalStateException(
                  "slot "
                      + slot
                      + " of step "
                      + step
                      + " is a prediction, which belongs to no round");
        };
    return new RowBatch(round, slot, epoch, rows);
  }
}
