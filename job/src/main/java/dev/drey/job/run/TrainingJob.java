package dev.drey.job.run;

import dev.drey.job.flink.FlinkJob;
import dev.drey.operators.coordination.PackedAnswer;
import dev.drey.operators.coordination.PauseAnswer;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepRequest;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.server.FinalProgress;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** A Flink job that trains, and what its parameter server's coordinator answers. Thread-safe. */
final class TrainingJob {

  private final FlinkJob flink;
  private final Stage stage;
  private final Uids uids;
  private final CompletableFuture<Progress> result;

  /**
   * @param flink the job, started
   * @param stage that it began with
   * @param uids of its operators
   */
  TrainingJob(FlinkJob flink, Stage stage, Uids uids) {
    this.flink = flink;
    this.stage = stage;
    this.uids = uids;
    this.result =
        flink
            .result()
            .thenApply(
                done -> {
                  Progress last = done.getAccumulatorResult(FinalProgress.NAME);
                  return last == null ? Progress.NONE : last;
                });
  }

  FlinkJob flink() {
    return flink;
  }

  Stage stage() {
    return stage;
  }

  /** Completed when the job has ended; fails if it failed. */
  CompletableFuture<Progress> result() {
    return result;
  }

  /** How far the job is. Fails before it runs, and after it has ended. */
  CompletableFuture<Progress> progress() {
    return ask(new StepRequest.Report()).thenApply(Progress.class::cast);
  }

  /** Lets the steps that are out finish, and then ends the job with its model. */
  CompletableFuture<?> stop() {
    return flink.ask(uids.server(), new StepRequest.Stop());
  }

  /**
   * Pauses the job between two steps.
   *
   * @param before a version that it must be before
   * @return completed once it is paused, or as soon as it will not be
   */
  CompletableFuture<PauseAnswer> pause(long before) {
    return ask(new StepRequest.Pause(before)).thenApply(PauseAnswer.class::cast);
  }

  CompletableFuture<PauseAnswer> isPaused() {
    return ask(new StepRequest.IsPaused()).thenApply(PauseAnswer.class::cast);
  }

  /** Lifts the pause. */
  CompletableFuture<PauseAnswer> goOn() {
    return ask(new StepRequest.GoOn()).thenApply(PauseAnswer.class::cast);
  }

  private CompletableFuture<CoordinationResponse> ask(StepRequest request) {
    return flink.ask(uids.server(), request).thenApply(PackedAnswer::read);
  }
}
