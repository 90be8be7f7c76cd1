package dev.drey.operators.coordination;

import dev.drey.core.aggregation.PartialSum;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.util.SerializedThrowable;

/** What the coordinator of the parameter server can be asked, by operators and by the client. */
public sealed interface StepRequest extends CoordinationRequest {

  /**
   * Answered with an {@link Admission} once the round may go out, or never will.
   *
   * @param round the step, or the evaluation
   */
  record Await(PartialSum.Round round) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Lets the steps that are out finish and admits no other; answered with {@link
   * Admission.Stopped}.
   */
  record Stop() implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Ends the job for good. A task that failed of itself could not say so for sure: Flink reports it
   * as failed for another reason when one of its own messages to the task is lost with it, and
   * starts the job again.
   *
   * @param cause of the end
   */
  record Fail(SerializedThrowable cause) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /** Answered with the latest {@link Progress}. */
  record Report() implements StepRequest {
    private static final long serialVersionUID = 1L;
  }
}
