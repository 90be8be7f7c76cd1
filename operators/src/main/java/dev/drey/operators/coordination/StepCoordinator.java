package dev.drey.operators.coordination;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of the parameter server, in the JobManager: shards announce versions to it,
 * dispatchers and the client send it requests. {@link CoordinatorState} is its part of a
 * checkpoint; versions are announced again after a failure.
 */
final class StepCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

  private final VersionBoard board;
  private final ServerTasks tasks = new ServerTasks();
  private final LeftOut leftOut;
  private final Watchdog watchdog;
  private final RunCost cost;
  private final Consumer<Throwable> failJob;
  private final GivingUp givingUp = new GivingUp();
  private final Answers answers = new Answers();

  /**
   * @param failJob restarts the job, or ends it if the cause suppresses restarts; thread-safe
   * @param nanoTime as {@link System#nanoTime}
   */
  StepCoordinator(
      CoordinationSettings settings, Consumer<Throwable> failJob, LongSupplier nanoTime) {
    this.failJob = failJob;
    this.leftOut = new LeftOut(settings.policy().tolerance().missingSlots());
    this.watchdog = new Watchdog(settings.policy().stall(), failJob, nanoTime);
    this.cost = new RunCost(settings.policy().budget());
    this.board =
        new VersionBoard(
            settings.shards(), settings.policy().staleness(), settings.evaluations(), cost::allows);
  }

  @Override
  public void start() {
    cost.open();
    watchdog.start();
  }

  @Override
  public void close() {
    watchdog.close();
    board.reset();
    cost.close();
  }

  /** Restarts the job if it stalls, as the watchdog's thread does. */
  void checkForStall() {
    watchdog.check();
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (!(event instanceof Announcement announcement)) {
      throw new IllegalArgumentException("unexpected event " + event);
    }
    if (!tasks.isCurrent(subtask, attempt)) {
      return; // in transit when its task failed
    }
    Progress progress = announcement.progress();
    if (progress != null) {
      cost.observe(progress);
      leftOut.done(progress);
      if (cost.isBudgetSpent() && board.end().last().isEmpty()) {
        board.out(announcement.version());
        board.stop();
      }
    }
    board.announce(announcement);
    watchdog.moved(board.openRounds());
    settle();
  }

  /** The last version and the cost may have changed: the source and the bill have to know. */
  private void settle() {
    tasks.announceEnd(board.end().last());
    cost.save(board.stepsInProgress());
  }

  @Override
  public CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    return answerTo(request).thenApply(PackedAnswer::of);
  }

  CompletableFuture<CoordinationResponse> answerTo(CoordinationRequest request) {
    if (!(request instanceof StepRequest stepRequest)) {
      throw new IllegalArgumentException("unexpected request " + request);
    }
    CompletableFuture<CoordinationResponse> answer = stepRequest.match(answers);
    watchdog.asked(board.openRounds());
    settle();
    return answer;
  }

  /** Answers requests, one method for each kind. */
  private final class Answers
      implements StepRequest.Cases<CompletableFuture<CoordinationResponse>> {

    @Override
    public CompletableFuture<CoordinationResponse> await(StepRequest.Await request) {
      return board.await(request.round()).thenApply(admission -> admission);
    }

    @Override
    public CompletableFuture<CoordinationResponse> republish(StepRequest.Republish request) {
      if (board.weights().unreadable(request.seen())) {
        tasks.republish();
      }
      return board.await(request.round(), request.seen()).thenApply(admission -> admission);
    }

    @Override
    public CompletableFuture<CoordinationResponse> leaveOut(StepRequest.LeaveOut request) {
      return now(new StepRequest.Verdict(leftOut.grant(request.round(), request.slot())));
    }

    @Override
    public CompletableFuture<CoordinationResponse> stop(StepRequest.Stop request) {
      return now(new Admission.Stopped(board.stop()));
    }

    @Override
    public CompletableFuture<CoordinationResponse> giveUp(StepRequest.GiveUp request) {
      return now(new Admission.Stopped(StepCoordinator.this.giveUp()));
    }

    @Override
    public CompletableFuture<CoordinationResponse> awaitGivingUp(
        StepRequest.AwaitGivingUp request) {
      return givingUp.await(request.task());
    }

    @Override
    public CompletableFuture<CoordinationResponse> pause(StepRequest.Pause request) {
      return board.pause(request.before()).thenApply(answer -> answer);
    }

    @Override
    public CompletableFuture<CoordinationResponse> isPaused(StepRequest.IsPaused request) {
      return now(board.paused());
    }

    @Override
    public CompletableFuture<CoordinationResponse> resume(StepRequest.Resume request) {
      board.resume();
      tasks.pauseEnded();
      watchdog.moved(board.openRounds());
      return now(board.paused());
    }

    @Override
    public CompletableFuture<CoordinationResponse> charge(StepRequest.Charge request) {
      cost.add(request.cost());
      return now(board.progress().withExtraCost(cost.extra()));
    }

    @Override
    public CompletableFuture<CoordinationResponse> fail(StepRequest.Fail request) {
      failJob.accept(new SuppressRestartsException(request.cause()));
      return now(board.progress().withExtraCost(cost.extra()));
    }

    @Override
    public CompletableFuture<CoordinationResponse> report(StepRequest.Report request) {
      return now(board.progress().withExtraCost(cost.extra()));
    }

    private static CompletableFuture<CoordinationResponse> now(CoordinationResponse answer) {
      return CompletableFuture.completedFuture(answer);
    }
  }

  private long giveUp() {
    long before = board.stop();
    if (!board.giveUp()) {
      return before;
    }
    givingUp.decide();
    watchdog.moved(board.openRounds());
    return board.end().last().orElseThrow();
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
    result.complete(
        new CoordinatorState(
                board.end().stoppedAt(), board.stepsOut(), cost.extra(), leftOut.slots())
            .toBytes());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {}

  @Override
  public void resetToCheckpoint(long checkpointId, byte @Nullable [] checkpoint) {
    board.reset();
    givingUp.reset();
    leftOut.reset(Map.of());
    if (checkpoint != null) {
      CoordinatorState state = CoordinatorState.of(checkpoint);
      board.out(state.stepsOut());
      state.stoppedAt().ifPresent(board::stopAt);
      cost.restore(state.extraCost());
      leftOut.reset(state.leftOut());
    }
    watchdog.moved(board.openRounds());
  }

  @Override
  public void subtaskReset(int subtask, long checkpointId) {
    board.reset();
    givingUp.reset();
    watchdog.moved(board.openRounds());
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    tasks.lost(subtask, attempt);
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    tasks.ready(subtask, attempt, gateway);
    if (board.weights().isRenewing()) {
      tasks.republish(subtask);
    }
    board.end().last().ifPresent(steps -> tasks.announceStop(subtask, steps));
  }
}
