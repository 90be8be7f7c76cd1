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
 * dispatchers and the client ask it. What it keeps in a checkpoint is in {@link CoordinatorState};
 * the versions are announced again after a failure.
 */
final class StepCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

  private final VersionBoard board;
  private final ServerTasks tasks = new ServerTasks();
  private final LeftOut leftOut;
  private final Redone redone = new Redone();
  private final Watchdog watchdog;
  private final Budget budget;
  private final Consumer<Throwable> failJob;

  /**
   * @param failJob starts the job again, or ends it if the cause is to suppress that; thread-safe
   * @param nanoTime as {@link System#nanoTime}
   */
  StepCoordinator(
      CoordinationSettings settings, Consumer<Throwable> failJob, LongSupplier nanoTime) {
    this.failJob = failJob;
    this.leftOut = new LeftOut(settings.policy().tolerance().missingSlots());
    this.watchdog = new Watchdog(settings.policy().stall(), failJob, nanoTime);
    this.board =
        new VersionBoard(settings.shards(), settings.policy().staleness(), settings.evaluations());
    this.budget = settings.policy().budget();
  }

  @Override
  public void start() {
    watchdog.start();
  }

  @Override
  public void close() {
    watchdog.close();
    board.reset();
  }

  /** Starts the job again if it stalls; what the watchdog's thread does. */
  void checkForStall() {
    watchdog.check();
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (!(event instanceof Announcement announcement)) {
      throw new IllegalArgumentException("unexpected event " + event);
    }
    if (!tasks.isCurrent(subtask, attempt)) {
      return; // it was on its way when its task failed
    }
    Progress progress = announcement.progress();
    if (progress != null) {
      redone.told(progress.totals());
      leftOut.done(progress);
      if (budget.exhausted(progress.totals().plus(redone.cost())) && board.stoppedAt().isEmpty()) {
        board.out(announcement.version());
        stop();
      }
    }
    board.announce(announcement);
    watchdog.moved(board.underWay());
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
    CompletableFuture<CoordinationResponse> answer = answer(stepRequest);
    watchdog.asked(board.underWay());
    return answer;
  }

  private CompletableFuture<CoordinationResponse> answer(StepRequest request) {
    if (request instanceof StepRequest.Await await) {
      return board.await(await.round()).thenApply(admission -> admission);
    }
    if (request instanceof StepRequest.Republish republish) {
      if (board.unreadable(republish.seen())) {
        tasks.publishAnew();
      }
      return board.await(republish.round(), republish.seen()).thenApply(admission -> admission);
    }
    if (request instanceof StepRequest.Pause pause) {
      return board.pause(pause.before()).thenApply(answer -> answer);
    }
    return CompletableFuture.completedFuture(answerAtOnce(request));
  }

  private CoordinationResponse answerAtOnce(StepRequest request) {
    if (request instanceof StepRequest.LeaveOut late) {
      return new StepRequest.Verdict(leftOut.grant(late.round(), late.slot()));
    }
    if (request instanceof StepRequest.Stop) {
      return new Admission.Stopped(stop());
    }
    if (request instanceof StepRequest.GoOn) {
      board.goOn();
      tasks.heldUp();
      watchdog.moved(board.underWay());
      return board.paused();
    }
    if (request instanceof StepRequest.IsPaused) {
      return board.paused();
    }
    if (request instanceof StepRequest.Paid paid) {
      redone.paid(paid.cost());
    }
    if (request instanceof StepRequest.Fail fail) {
      failJob.accept(new SuppressRestartsException(fail.cause()));
    }
    return board.progress().withRedone(redone.cost());
  }

  private long stop() {
    boolean decided = board.stoppedAt().isPresent();
    long steps = board.stop();
    if (!decided) {
      tasks.stopping(steps);
    }
    return steps;
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
    result.complete(
        new CoordinatorState(board.stoppedAt(), board.stepsOut(), redone.cost(), leftOut.slots())
            .toBytes());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {}

  @Override
  public void resetToCheckpoint(long checkpointId, byte @Nullable [] checkpoint) {
    board.reset();
    leftOut.reset(Map.of());
    if (checkpoint != null) {
      CoordinatorState state = CoordinatorState.of(checkpoint);
      board.out(state.stepsOut());
      state.stoppedAt().ifPresent(board::stopAt);
      redone.atLeast(state.redone());
      leftOut.reset(state.leftOut());
    }
    watchdog.moved(board.underWay());
  }

  @Override
  public void subtaskReset(int subtask, long checkpointId) {
    board.reset();
    watchdog.moved(board.underWay());
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    tasks.lost(subtask, attempt);
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    tasks.ready(subtask, attempt, gateway);
    if (board.isRenewing()) {
      tasks.publishAnew(subtask);
    }
    board.stoppedAt().ifPresent(steps -> tasks.stopping(subtask, steps));
  }
}
