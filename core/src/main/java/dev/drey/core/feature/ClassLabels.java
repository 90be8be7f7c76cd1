package dev.drey.core.feature;

import dev.drey.core.stream.RejectedRecordException;

/** Validation of class labels. */
public final class ClassLabels {

  private ClassLabels() {}

  /**
   * Checks that a label is a class number.
   *
   * @param classes number of classes; 0 if any number is a valid label
   * @throws RejectedRecordException if a number of the label is not one of 0, 1, ..., classes - 1
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
