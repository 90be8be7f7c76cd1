package dev.drey.operators.server;

import dev.drey.core.prequential.PrequentialScore;
import dev.drey.core.stream.Intake;

/**
 * Reported after each step, and after each evaluation.
 *
 * @param evaluation whether this is of an evaluation: loss and accuracy of the held-out examples
 * @param version steps applied
 * @param epoch epochs done, a fraction
 * @param examples examples trained on since the start
 * @param loss mean over the examples of the step or evaluation; NaN for an empty step
 * @param accuracy share of them that was classified correctly; NaN for regression
 * @param seconds since the publishing of version 0
 * @param billedMillis function time billed since the start
 * @param dollars what that costs
 * @param window error before training, over a sliding window of examples
 * @param faded error before training over all examples, with exponentially decaying weight
 * @param ages of a stream's records when the weights that were trained on them were published
 */
public record StepReport(
    boolean evaluation,
    long version,
    double epoch,
    long examples,
    double loss,
    double accuracy,
    double seconds,
    long billedMillis,
    double dollars,
    PrequentialScore window,
    PrequentialScore faded,
    Ages ages) {

  /**
   * Time from the timestamps of a step's records, which their producers set, to this task's clock.
   *
   * @param oldestMillis of the oldest record
   * @param newestMillis of the newest record, at most {@code oldestMillis}
   */
  public record Ages(long oldestMillis, long newestMillis) {

    /** Of a step without records. */
    public static final Ages NONE = new Ages(0, 0);

    static Ages of(Intake intake, long nowMillis) {
      Intake.Written written = intake.written();
      return written == null
          ? NONE
          : new Ages(nowMillis - written.oldest(), nowMillis - written.newest());
    }

    /** Whether the step had no records; real ages are never exactly 0. */
    public boolean isNone() {
      return equals(NONE);
    }
  }
}
