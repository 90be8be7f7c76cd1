package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.stream.Intake;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/**
 * How far a run is.
 *
 * @param version steps applied
 * @param totals of all training steps, including the invocations of evaluations
 * @param last the tally of the last step
 * @param evaluatedVersion the last version that was evaluated, 0 before the first evaluation
 * @param evaluation its tally
 * @param millis time from the publication of version 0 to the last step or evaluation, without the
 *     time between a failure and the restart
 * @param account of the examples of training steps
 * @param intake what was read of a stream for the steps
 * @param extraCost of invocations that are not in the totals: results lost to failures, and calls
 *     that belong to no round. Filled in by the coordinator; zero from the parameter server
 * @param times how long recent steps took; not part of the state
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
    Tally extraCost,
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
      Tally extraCost,
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
        extraCost,
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

  /** The cost of the run so far, in invocations, cold starts and billed time. */
  public Tally spent() {
    return totals.plus(extraCost);
  }

  /** The same with another extra cost. */
  public Progress withExtraCost(Tally cost) {
    return new Progress(
        version, totals, last, evaluatedVersion, evaluation, millis, account, intake, cost, times);
  }
}
