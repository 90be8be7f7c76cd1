package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.stream.Intake;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/**
 * How far a run is.
 *
 * @param version steps applied
 * @param totals of all training steps, with the invocations of evaluations as well
 * @param last the tally of the last step
 * @param evaluatedVersion the last version that was evaluated, 0 before the first evaluation
 * @param evaluation its tally
 * @param millis time spent, from the publishing of version 0 to the last step or evaluation; the
 *     time between a failure and the restart is not in it
 * @param account of the examples of training steps
 * @param intake what the steps have taken in of a stream
 * @param redone what invocations cost whose results a failure threw away, or that were for
 *     something else than a round; the totals are without them. The coordinator alone knows: the
 *     parameter server tells of none
 * @param times how long steps took lately; no part of the state
 */
public record Progress(
    long version,
    Tally totals,
    Tally last,
    long evaluatedVersion,
    Tally evaluation,
    long millis,
    ExampleAccount account,
    Intake intake,
    Tally redone,
    StepTimes times)
    implements CoordinationResponse {
  private static final long serialVersionUID = 1L;

  /** Of a data set. */
  public Progress(
      long version,
      Tally totals,
      Tally last,
      long evaluatedVersion,
      Tally evaluation,
      long millis,
      ExampleAccount account,
      Tally redone,
      StepTimes times) {
    this(
        version,
        totals,
        last,
        evaluatedVersion,
        evaluation,
        millis,
        account,
        Intake.NONE,
        redone,
        times);
  }

  /** Before the first step. */
  public static final Progress NONE =
      new Progress(
          0,
          Tally.ZERO,
          Tally.ZERO,
          0,
          Tally.ZERO,
          0,
          ExampleAccount.NONE,
          Tally.ZERO,
          StepTimes.NONE);

  /** All that the run has cost so far, in invocations, cold starts and billed time. */
  public Tally spent() {
    return totals.plus(redone);
  }

  /** The same run, with what failures threw away. */
  public Progress withRedone(Tally cost) {
    return new Progress(
        version, totals, last, evaluatedVersion, evaluation, millis, account, intake, cost, times);
  }
}
