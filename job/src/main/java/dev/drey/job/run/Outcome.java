package dev.drey.job.run;

import dev.drey.job.model.Summary;

/**
 * How a run ended that saved its model.
 *
 * @param ending why there
 * @param summary what came of it
 */
public record Outcome(Ending ending, Summary summary) {

  /** Why a run ended. */
  public enum Ending {
    /** All its steps are done. */
    FINISHED,
    /** Its budget is spent. */
    BUDGET_SPENT,
    /** The user wished it to stop. */
    INTERRUPTED
  }
}
