package dev.drey.core.aggregation;

import dev.drey.core.data.ExampleIds;
import dev.drey.core.work.Round;
import java.io.Serializable;

/**
 * Examples of one mini-batch that are not in the sum of their step.
 *
 * @param reason why
 * @param round the step, or the evaluation, that they were planned for
 * @param slot that they were planned for
 * @param examples which, at least one
 * @param message the last error, for people; empty if there is none
 */
public record Dropped(DropReason reason, Round round, int slot, ExampleIds examples, String message)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Longer messages are cut, since they are sent with the sums. */
  public static final int MOST_CHARACTERS = 500;

  public Dropped {
    if (examples.count() == 0) {
      throw new IllegalArgumentException(round + ", slot " + slot + ": no example was dropped");
    }
    if (message.length() > MOST_CHARACTERS) {
      message = message.substring(0, MOST_CHARACTERS);
    }
  }

  /** Rows of a data set. */
  public Dropped(DropReason reason, Round round, int slot, int[] rows, String message) {
    this(reason, round, slot, new ExampleIds.Rows(rows), message);
  }

  /** The number of examples. */
  public int count() {
    return examples.count();
  }

  /**
   * The numbers of their rows.
   *
   * @throws IllegalStateException if they are records of a stream
   */
  public int[] rows() {
    if (examples instanceof ExampleIds.Rows rows) {
      return rows.numbers();
    }
    throw new IllegalStateException(this + " are of a stream, and have no rows");
  }

  /** Whether they are missing from training, and not only from an evaluation. */
  public boolean ofTraining() {
    return round.isTraining();
  }

  @Override
  public String toString() {
    return round + ", slot " + slot + ": " + count() + " examples " + reason.word();
  }
}
