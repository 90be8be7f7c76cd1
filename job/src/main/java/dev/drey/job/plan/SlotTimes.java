package dev.drey.job.plan;

import dev.drey.core.plan.Stragglers;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.metric.StepStage;
import java.util.Optional;

/**
 * The times of a step's slots, from the metrics of a running loop.
 *
 * @param account of the steps' time
 */
record SlotTimes(StepAccount account) {

  /**
   * A slot's whole time at its worker, seconds. Half of the time that slots wait for the slowest
   * counts as the workers'; the other half is sums that wait to be added up.
   */
  double total() {
    return seconds(StepStage.PERMIT)
        + seconds(StepStage.CALL)
        + seconds(StepStage.WORKER)
        + compute()
        + waitForSlowest() / 2;
  }

  /** Mean wait of a slot for the slowest one, seconds. */
  double waitForSlowest() {
    return seconds(StepStage.SLOWEST);
  }

  /** Time of the computation in a worker, seconds. */
  double compute() {
    return seconds(StepStage.COMPUTE);
  }

  /**
   * The distribution of the slots' times, from their mean and the wait for the slowest.
   *
   * @param slots of a step
   * @return nothing if the account does not show it: with a single slot; where slots wait for
   *     workers, so that they come in waves; and where the wait exceeds what the distribution
   *     allows
   */
  Optional<Stragglers> stragglers(int slots) {
    double mean = seconds(StepStage.CALL) + seconds(StepStage.WORKER) + compute();
    double maximum = mean + waitForSlowest();
    boolean waves = seconds(StepStage.PERMIT) > mean / 10;
    return slots < 2 || waves || maximum >= mean * Stragglers.harmonic(slots)
        ? Optional.empty()
        : Optional.of(Stragglers.of(mean, maximum, slots));
  }

  private double seconds(StepStage stage) {
    return Math.max(0, account.millis().get(stage)) / 1000;
  }
}
