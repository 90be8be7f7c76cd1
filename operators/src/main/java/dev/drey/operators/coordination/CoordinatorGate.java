package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;
import org.apache.flink.util.SerializedValue;

/**
 * Asks the coordinator over Flink's RPC. A call that times out is repeated, so a round may wait as
 * long as its version takes.
 */
final class CoordinatorGate implements StepGate {

  private final TaskOperatorEventGateway gateway;
  private final OperatorID server;
  private final SourceLine source;
  private final String task = UUID.randomUUID().toString();

  CoordinatorGate(TaskOperatorEventGateway gateway, Uids uids) {
    this.gateway = gateway;
    this.server = OperatorIds.of(uids.server());
    this.source = new SourceLine(gateway, uids.source());
  }

  @Override
  public CompletableFuture<Admission> await(Round round) {
    return askUntilAnswered(new StepRequest.Await(round))
        .thenApply(response -> forwardStop((Admission) response));
  }

  @Override
  public CompletableFuture<Admission> republish(Round round, Weights seen) {
    return askUntilAnswered(new StepRequest.Republish(round, seen))
        .thenApply(response -> forwardStop((Admission) response));
  }

  @Override
  public CompletableFuture<Boolean> leaveOut(Round round, int slot) {
    return askUntilAnswered(new StepRequest.LeaveOut(round, slot))
        .thenApply(response -> ((StepRequest.Verdict) response).granted());
  }

  @Override
  public CompletableFuture<Void> givenUp() {
    return askUntilAnswered(new StepRequest.AwaitGivingUp(task)).thenApply(response -> null);
  }

  /** Ends the job for good. */
  void fail(Throwable cause) {
    var unused = askUntilAnswered(new StepRequest.Fail(new SerializedThrowable(cause)));
  }

  /** Adds to the cost of the run. A call whose answer is lost is repeated and may count twice. */
  @Override
  public void pay(Tally cost) {
    var unused = askUntilAnswered(new StepRequest.Charge(cost));
  }

  private CompletableFuture<CoordinationResponse> askUntilAnswered(CoordinationRequest request) {
    return ask(request)
        .exceptionallyCompose(
            failure ->
                ExceptionUtils.findThrowable(failure, TimeoutException.class).isPresent()
                    ? askUntilAnswered(request)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<CoordinationResponse> ask(CoordinationRequest request) {
    try {
      return gateway
          .sendRequestToCoordinator(server, new SerializedValue<>(request))
          .thenApply(PackedAnswer::read);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Forwards a stop to the source, which would go on sending mini-batches otherwise. */
  private Admission forwardStop(Admission admission) {
    if (admission instanceof Admission.Stopped stopped) {
      source.send(new LoopEvent.StopAt(stopped.steps()));
    }
    return admission;
  }
}
