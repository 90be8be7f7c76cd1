package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;

/** A step that would spoil the weights, or lacks too much. The weights keep the version before. */
final class RefusedStepException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final String HINT = ". A lower learning rate or training.clip-norm usually helps";

  private RefusedStepException(PartialSum sum, String problem, String hint) {
    super(sum.round() + ": " + problem + "; the weights keep version " + sum.round().step() + hint);
  }

  /** The sum overflowed: no single slot's did. */
  static RefusedStepException notFinite(PartialSum sum, int parameter, float value) {
    return new RefusedStepException(
        sum,
        "the gradient sum is " + value + " at parameter " + parameter + ", must be finite",
        HINT);
  }

  /** Workers could make nothing of any example. */
  static RefusedStepException nothingCounted(PartialSum sum, Dropped first) {
    return new RefusedStepException(
        sum,
        "none of its examples could be computed, must be at least one. Slot "
            + first.slot()
            + " was "
            + first.reason().word()
            + ": "
            + first.message(),
        first.reason() == DropReason.NOT_FINITE ? HINT : "");
  }

  /** More slots were left out than a quorum allows. */
  static RefusedStepException tooLate(PartialSum sum, long late, int mayMiss) {
    return new RefusedStepException(
        sum, late + " slots were left out as late, must be at most " + mayMiss, "");
  }

  /**
   * Checks what a step lacks.
   *
   * @param mayMiss how many slots may be left out
   * @param emptySteps how many steps in a row before it had examples of which none could be
   *     computed
   * @param maxEmptySteps how many such steps there may be in a row
   */
  static void check(PartialSum sum, int mayMiss, int emptySteps, int maxEmptySteps)
      throws RefusedStepException {
    long late =
        sum.dropped().stream()
            .filter(d -> d.reason() == DropReason.LATE)
            .mapToInt(Dropped::slot)
            .distinct()
            .count();
    if (late > mayMiss) {
      throw tooLate(sum, late, mayMiss);
    }
    if (isEmpty(sum) && emptySteps >= maxEmptySteps) {
      throw nothingCounted(
          sum,
          sum.dropped().stream()
              .filter(RefusedStepException::wasComputed)
              .findFirst()
              .orElseThrow());
    }
  }

  /** Whether it had examples, and none of them could be computed. */
  static boolean isEmpty(PartialSum sum) {
    return sum.tally().inSum() == 0
        && sum.dropped().stream().anyMatch(RefusedStepException::wasComputed);
  }

  private static boolean wasComputed(Dropped dropped) {
    return dropped.reason() != DropReason.LATE;
  }
}
