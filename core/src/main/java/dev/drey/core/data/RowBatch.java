package dev.drey.core.data;

import dev.drey.core.stream.Intake;
import dev.drey.core.work.Round;
import java.util.Arrays;

/**
 * A mini-batch of a data set, as row numbers.
 *
 * @param round the step, or the evaluation, that it belongs to
 * @param slot the slot, from 0
 * @param epoch the epoch that it belongs to, from 0; of an evaluation the one just trained
 * @param rows row numbers, of the training data for a step and of the test data for an evaluation;
 *     may be empty. Owned by this record, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RowBatch(Round round, int slot, int epoch, int[] rows) implements Batch {

  private static final long serialVersionUID = 1L;

  /** The same, with more rows behind its own. */
  public RowBatch with(int[] more) {
    int[] all = Arrays.copyOf(rows, rows.length + more.length);
    System.arraycopy(more, 0, all, rows.length, more.length);
    return new RowBatch(round, slot, epoch, all);
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public RowBatch at(int[] places) {
    return new RowBatch(round, slot, epoch, pick(places));
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
    return round + ", slot " + slot + ", epoch " + epoch + ", " + rows.length + " rows";
  }
}
