package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.operators.coordination.StepPolicy;

/**
 * A step cannot be applied: it would spoil the weights, or too much is missing. They stay as they
 * are.
 */
final class RefusedStepException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final String HINT = ". A lower learning rate or training.clip-norm usually helps";

  private RefusedStepException(PartialSum sum, String problem, String hint) {
    super(sum.round() + ": " + problem + "; the weights keep version " + sum.round().step() + hint);
  }

  /** The sum over the slots overflowed; the gradient of every single slot is finite. */
  static RefusedStepException notFinite(PartialSum sum, int parameter, float value) {
    return new RefusedStepException(
        sum,
        "the gradient sum is " + value + " at parameter " + parameter + ", must be finite",
        HINT);
  }

  /** No example of the step could be computed. */
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

  /** More slots were left out than the quorum allows. */
  static RefusedStepException tooLate(PartialSum sum, long late, int mayMiss) {
    return new RefusedStepException(
        sum, late + " slots were left out as late, must be at most " + mayMiss, "");
  }

  /**
   * Checks what is missing from a step.
   *
   * @param tolerance what may be missing
   * @param failedSteps how many steps in a row before it had examples but none that could be
   *     computed
   */
  static void check(PartialSum sum, StepPolicy.Tolerance tolerance, int failedSteps)
      throws RefusedStepException {
    long late =
        sum.dropped().stream()
            .filter(d -> d.reason() == DropReason.LATE)
            .mapToInt(Dropped::slot)
            .distinct()
            .count();
    if (late > tolerance.missingSlots()) {
      throw tooLate(sum, late, tolerance.missingSlots());
    }
    if (isFailed(sum) && failedSteps >= tolerance.failedSteps()) {
      throw nothingCounted(
          sum,
          sum.dropped().stream()
              .filter(RefusedStepException::wasComputed)
              .findFirst()
              .orElseThrow());
    }
  }

  /** Whether it had examples, and none of them could be computed. */
  static boolean isFailed(PartialSum sum) {
    return sum.tally().inSum() == 0
        && sum.dropped().stream().anyMatch(RefusedStepException::wasComputed);
  }

  private static boolean wasComputed(Dropped dropped) {
    return dropped.reason() != DropReason.LATE;
  }
}
