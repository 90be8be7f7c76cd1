package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Whether a run stands still. */
public sealed interface PauseAnswer extends CoordinationResponse {

  /**
   * It does: everything up to a version is applied and evaluated, and nothing of a later round went
   * out or will, until the pause is lifted.
   *
   * @param version steps applied; its own evaluation has not gone out
   */
  record Paused(long version) implements PauseAnswer {
    private static final long serialVersionUID = 1L;
  }

  /** It goes on, or has ended. */
  record Running() implements PauseAnswer {
    private static final long serialVersionUID = 1L;
  }
}
