package dev.drey.operators.coordination;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of the parameter server, in the JobManager: shards announce versions to it,
 * dispatchers and the client ask it. All it keeps in a checkpoint is a decision to stop, and how
 * many steps went out.
 */
final class StepCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

  private static final long NOT_STOPPED = -1;

  private final VersionBoard board;
  private final Budget budget;
  private final Consumer<Throwable> failJob;

  /**
   * @param failJob ends the job
   */
  StepCoordinator(CoordinationSettings settings, Consumer<Throwable> failJob) {
    this.failJob = failJob;
    this.board = new VersionBoard(settings.shards(), settings.staleness(), settings.evaluations());
    this.budget = settings.budget();
  }

  @Override
  public void start() {}

  @Override
  public void close() {
    board.reset();
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (!(event instanceof Announcement announcement)) {
      throw new IllegalArgumentException("unexpected event " + event);
    }
    if (announcement.progress() != null
        && budget.exhausted(announcement.progress().totals())
        && board.stoppedAt().isEmpty()) {
      board.out(announcement.version());
      board.stop();
    }
    board.announce(announcement);
  }

  @Override
  public CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    if (!(request instanceof StepRequest stepRequest)) {
      throw new IllegalArgumentException("unexpected request " + request);
    }
    if (stepRequest instanceof StepRequest.Await await) {
      return board.await(await.round()).thenApply(admission -> admission);
    }
    if (stepRequest instanceof StepRequest.Republish republish) {
      return board.await(republish.round()).thenApply(admission -> admission);
    }
    if (stepRequest instanceof StepRequest.LeaveOut) {
      return CompletableFuture.completedFuture(new StepRequest.Verdict(false));
    }
    if (stepRequest instanceof StepRequest.Fail fail) {
      failJob.accept(new SuppressRestartsException(fail.cause()));
      return CompletableFuture.completedFuture(board.progress());
    }
    if (stepRequest instanceof StepRequest.Stop) {
      return CompletableFuture.completedFuture(new Admission.Stopped(board.stop()));
    }
    return CompletableFuture.completedFuture(board.progress());
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
    long stoppedAt = board.stoppedAt().orElse(NOT_STOPPED);
    result.complete(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(stoppedAt).putLong(board.stepsOut()).array());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {}

  @Override
  public void resetToCheckpoint(long checkpointId, byte @Nullable [] checkpoint) {
    board.reset();
    if (checkpoint != null) {
      ByteBuffer buffer = ByteBuffer.wrap(checkpoint);
      long stoppedAt = buffer.getLong();
      board.out(buffer.getLong());
      if (stoppedAt != NOT_STOPPED) {
        board.stopAt(stoppedAt);
      }
    }
  }

  @Override
  public void subtaskReset(int subtask, long checkpointId) {
    board.reset();
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {}

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}
}
