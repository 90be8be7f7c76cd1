package dev.drey.operators.server;

import dev.drey.core.prequential.PrequentialScore;
import dev.drey.core.stream.Intake;

/**
 * What the parameter server tells of each applied step, and of each evaluation.
 *
 * @param evaluation whether loss and accuracy are of the held-out examples
 * @param version steps applied
 * @param epoch epochs finished, with a fraction
 * @param examples examples trained on since the start
 * @param loss mean loss of the step's, or the evaluation's, examples; NaN of an empty step
 * @param accuracy share of them that was classified rightly; NaN where nothing is classified
 * @param seconds since the publishing of version 0
 * @param billedMillis function time billed since the start, milliseconds
 * @param dollars what that costs
 * @param window of the last training examples, before they were trained on
 * @param faded of all, the older the less
 * @param ages of a stream's records, when the weights had seen them and were published
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
   * How old the records of a step were.
   *
   * @param oldestMillis of the oldest, by the clocks of who wrote it and of the task
   * @param newestMillis of the newest; not above the oldest's
   */
  public record Ages(long oldestMillis, long newestMillis) {

    /** Of no record. */
    public static final Ages NONE = new Ages(0, 0);

    static Ages of(Intake intake, long nowMillis) {
      Intake.Written written = intake.written();
      return written == null
          ? NONE
          : new Ages(nowMillis - written.oldest(), nowMillis - written.newest());
    }

    /** Whether these are no record's: none is so young. */
    public boolean isNone() {
      return equals(NONE);
    }
  }
}
