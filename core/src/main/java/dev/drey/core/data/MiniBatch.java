package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import java.util.Arrays;

/**
 * A mini-batch of a data set, given as row numbers.
 *
 * @param step the step of a gradient, from 0; for an evaluation, the version that is evaluated
 * @param slot the slot, from 0
 * @param task gradient or evaluation
 * @param epoch the epoch of the step, from 0; for an evaluation, the epoch that ended with the
 *     version
 * @param rows row numbers: of the training data for a gradient, of the test data for an evaluation;
 *     may be empty. Owned by this record, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MiniBatch(long step, int slot, Task task, int epoch, int[] rows) implements Batch {

  private static final long serialVersionUID = 1L;

  /** This mini-batch with further rows appended. */
  public MiniBatch with(int[] more) {
    int[] all = Arrays.copyOf(rows, rows.length + more.length);
    System.arraycopy(more, 0, all, rows.length, more.length);
    return new MiniBatch(step, slot, task, epoch, all);
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public MiniBatch at(int[] places) {
    return new MiniBatch(step, slot, task, epoch, pick(places));
  }

  @Override
  public ExampleIds ids(int[] places) {
    return new ExampleIds.Rows(pick(places));
  }

  @Override
  public Intake intake() {
    return Intake.NONE;
  }

  @Override
  public boolean replayed() {
    return false;
  }

  private int[] pick(int[] places) {
    return Arrays.stream(places).map(place -> rows[place]).toArray();
  }

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
