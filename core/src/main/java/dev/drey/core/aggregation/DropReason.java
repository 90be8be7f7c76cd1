package dev.drey.core.aggregation;

import java.util.Locale;

/** Why examples of a mini-batch are not in the sum of its step. */
public enum DropReason {
  /** Their slot had not answered when its deadline passed, and a quorum closed the step. */
  LATE,
  /** Every worker fails on them. */
  FAULTY,
  /** Their loss or gradient is NaN or infinite. */
  NOT_FINITE;

  /** The name in specifications, metrics and files, such as {@code not-finite}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The reason with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DropReason of(String word) {
    for (DropReason reason : values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("\"" + word + "\" is not a reason to drop examples");
  }
}
