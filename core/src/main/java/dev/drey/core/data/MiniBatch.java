package dev.drey.core.data;

import java.io.Serializable;

/**
 * What one slot computes on.
 *
 * @param step for a gradient the step, from 0; for an evaluation the version that is evaluated
 * @param slot the slot, from 0
 * @param task gradient or evaluation
 * @param epoch the epoch that it belongs to, from 0; of an evaluation the one just trained
 * @param rows row numbers, of the training data for a gradient and of the test data for an
 *     evaluation; may be empty. Owned by this record, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MiniBatch(long step, int slot, Task task, int epoch, int[] rows)
    implements Serializable {

  @Override
  public String toString() {
    return "MiniBatch[step="
        + step
        + ", slot="
        + slot
        + ", task="
        + task
        + ", epoch="
        + epoch
        + ", rows="
        + rows.length
        + "]";
  }
}
