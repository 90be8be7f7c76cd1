package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.util.SerializedThrowable;

/** A request to the coordinator of the parameter server, by an operator or by the client. */
public sealed interface StepRequest extends CoordinationRequest {

  /** Calls the method for this request. */
  <R> R match(Cases<R> cases);

  /**
   * What is done for each request.
   *
   * @param <R> its result
   */
  interface Cases<R> {

    R await(Await request);

    R stop(Stop request);

    R giveUp(GiveUp request);

    R awaitGivingUp(AwaitGivingUp request);

    R republish(Republish request);

    R leaveOut(LeaveOut request);

    R fail(Fail request);

    R pause(Pause request);

    R isPaused(IsPaused request);

    R resume(Resume request);

    R charge(Charge request);

    R report(Report request);
  }

  /**
   * Answered with an {@link Admission} once the round may start, or never will.
   *
   * @param round the step, or the evaluation
   */
  record Await(Round round) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.await(this);
    }
  }

  /**
   * Lets the admitted steps finish and admits no other; answered with {@link Admission.Stopped}.
   */
  record Stop() implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stop(this);
    }
  }

  /**
   * Stops the run, if it is not stopped, and gives up the admitted steps: it ends with the last
   * complete version. Answered with {@link Admission.Stopped}; has to be repeated until the job
   * ends, since a job that is restarted knows no version at first.
   */
  record GiveUp() implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.giveUp(this);
    }
  }

  /**
   * Answered with {@link GivenUp} once the admitted steps are given up.
   *
   * @param task that asks; its earlier questions are not answered
   */
  record AwaitGivingUp(String task) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.awaitGivingUp(this);
    }
  }

  /** The answer to {@link AwaitGivingUp}. */
  record GivenUp() implements CoordinationResponse {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Answered with an {@link Admission} of other weights than those that were seen, once they are
   * published: objects that workers cannot read are published again.
   *
   * @param round the step, or the evaluation
   * @param seen the weights that cannot be read
   */
  record Republish(Round round, Weights seen) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.republish(this);
    }
  }

  /**
   * Asks whether a slot that is past its deadline may be left out; answered with {@link Verdict}.
   *
   * @param round the step, or the evaluation
   * @param slot of the round
   */
  record LeaveOut(Round round, int slot) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leaveOut(this);
    }
  }

  /**
   * The answer to {@link LeaveOut}.
   *
   * @param granted whether enough other slots remain for the quorum
   */
  record Verdict(boolean granted) implements CoordinationResponse {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Ends the job without a restart. A task that simply failed could not ensure that: when one of
   * Flink's own messages to the task is lost with it, Flink reports another cause and restarts the
   * job. Answered with the latest {@link Progress}.
   *
   * @param cause of the end
   */
  record Fail(SerializedThrowable cause) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fail(this);
    }
  }

  /**
   * Lets the admitted rounds finish, and admits no other until {@link Resume}, a stop, or a failure
   * of the job. Answered with {@link PauseAnswer} once no round is in progress, or as soon as the
   * run will not be paused.
   *
   * @param before a version: the run is not paused at it or later
   */
  record Pause(long before) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pause(this);
    }
  }

  /** Answered with the present {@link PauseAnswer}. */
  record IsPaused() implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.isPaused(this);
    }
  }

  /** Ends a pause, if there is one; answered with {@link PauseAnswer.Running}. */
  record Resume() implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resume(this);
    }
  }

  /**
   * Reports invocations that are in no round's sum; answered with the latest {@link Progress}.
   *
   * @param cost invocations, cold starts and billed time
   */
  record Charge(Tally cost) implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.charge(this);
    }
  }

  /** Answered with the latest {@link Progress}. */
  record Report() implements StepRequest {
    private static final long serialVersionUID = 1L;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.report(this);
    }
  }
}
