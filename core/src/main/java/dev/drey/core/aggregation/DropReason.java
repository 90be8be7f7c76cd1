package dev.drey.core.aggregation;

import java.util.Locale;

/** Why examples that were offered are not in a gradient sum. */
public enum DropReason {
  /** Their slot had not answered when its deadline passed, and a quorum closed the step. */
  LATE,
  /** Every worker fails on them. */
  FAULTY,
  /** Their loss or gradient is NaN or infinite. */
  NOT_FINITE;

  /** As the specification, metrics and files write it: {@code not-finite}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The reason of a word.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DropReason of(String word) {
    for (DropReason reason : values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("\"" + word + "\" is no reason to drop examples");
  }
}
