package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.util.SerializedThrowable;

/** What the coordinator of the parameter server can be asked, by operators and by the client. */
public sealed interface StepRequest extends CoordinationRequest {

  /**
   * Answered with an {@link Admission} once the round may go out, or never will.
   *
   * @param round the step, or the evaluation
   */
  record Await(Round round) implements StepRequest {
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
   * Answered with an {@link Admission} of other weights than those that were seen, once they are
   * published: objects that workers cannot read are published anew.
   *
   * @param round the step, or the evaluation
   * @param seen the weights that cannot be read
   */
  record Republish(Round round, Weights seen) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Asks whether a slot that is past its deadline may be left out; answered with {@link Verdict}.
   *
   * @param round the step, or the evaluation
   * @param slot of it
   */
  record LeaveOut(Round round, int slot) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The answer.
   *
   * @param granted whether enough other slots remain for the quorum
   */
  record Verdict(boolean granted) implements CoordinationResponse {
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

  /**
   * Lets the rounds that are out finish, and no other go out until {@link GoOn}, a stop, or a
   * failure of the job. Answered with {@link PauseAnswer} once nothing is out any more, or as soon
   * as that will not be.
   *
   * @param before a version: where a pause would begin there or later, there is none
   */
  record Pause(long before) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /** Answered with {@link PauseAnswer}, as it is now. */
  record IsPaused() implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /** Lifts a pause, if there is one; answered with {@link PauseAnswer.Running}. */
  record GoOn() implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Invocations that are in no round's sum; answered with the latest {@link Progress}.
   *
   * @param cost invocations, cold starts and billed time
   */
  record Paid(Tally cost) implements StepRequest {
    private static final long serialVersionUID = 1L;
  }

  /** Answered with the latest {@link Progress}. */
  record Report() implements StepRequest {
    private static final long serialVersionUID = 1L;
  }
}
