package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Whether a run is paused. */
public sealed interface PauseAnswer extends CoordinationResponse {

  /**
   * It is paused: all rounds before a version are applied or evaluated, and no later round was
   * admitted or will be until the pause is lifted.
   *
   * @param version steps applied; its own evaluation was not admitted
   */
  record Paused(long version) implements PauseAnswer {
    private static final long serialVersionUID = 1L;
  }

  /** It is running, or has ended. */
  record Running() implements PauseAnswer {
    private static final long serialVersionUID = 1L;
  }
}
