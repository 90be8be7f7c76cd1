package dev.drey.core.feature;

import dev.drey.core.stream.RejectedRecordException;

/** The class numbers that a label may have. */
public final class ClassLabels {

  private ClassLabels() {}

  /**
   * Looks at a label.
   *
   * @param classes how many there are; 0 if labels are numbers of any kind
   * @throws RejectedRecordException if it has another number than 0, 1, ... classes - 1
   */
  public static void check(float[] label, int classes) throws RejectedRecordException {
    for (float number : label) {
      if (classes > 0 && !(number >= 0 && number < classes && number == Math.rint(number))) {
        throw new RejectedRecordException(
            "label is " + number + ", must be a whole number from 0 to " + (classes - 1));
      }
    }
  }
}
