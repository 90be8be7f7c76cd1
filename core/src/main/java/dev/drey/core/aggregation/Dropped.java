package dev.drey.core.aggregation;

import dev.drey.core.data.Task;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Examples of one mini-batch that are not in the sum of their step.
 *
 * @param reason why
 * @param round the step and task that they were offered to
 * @param slot that they were offered to
 * @param rows which rows of the data set; owned by the record, never changed
 * @param message the last error, for people; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Dropped(
    DropReason reason, PartialSum.Round round, int slot, int[] rows, String message)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A message is cut to so many characters: it travels with the sums. */
  public static final int MOST_CHARACTERS = 500;

  public Dropped {
    if (rows.length == 0) {
      throw new IllegalArgumentException(round + ", slot " + slot + ": no row was dropped");
    }
    if (message.length() > MOST_CHARACTERS) {
      message = message.substring(0, MOST_CHARACTERS);
    }
  }

  /** Whether training lacks them: an evaluation does without. */
  public boolean ofTraining() {
    return round.task() == Task.GRADIENT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dropped o
        && reason == o.reason
        && round.equals(o.round)
        && slot == o.slot
        && Arrays.equals(rows, o.rows)
        && message.equals(o.message);
  }

  @Override
  public int hashCode() {
    return 31 * round.hashCode() + slot;
  }

  @Override
  public String toString() {
    return round + ", slot " + slot + ": " + rows.length + " examples " + reason.word();
  }
}
