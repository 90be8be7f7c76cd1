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

/** A Flink job that trains. Requests go to the parameter server's coordinator. Thread-safe. */
final class TrainingJob {

  private final FlinkJob flink;
  private final JobStart start;
  private final Uids uids;
  private final CompletableFuture<Progress> result;

  /**
   * @param flink the job, started
   * @param start what it started with
   * @param uids of its operators
   */
  TrainingJob(FlinkJob flink, JobStart start, Uids uids) {
    this.flink = flink;
    this.start = start;
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

  JobStart start() {
    return start;
  }

  /** Completed when the job has ended; fails if it failed. */
  CompletableFuture<Progress> result() {
    return result;
  }

  /** How far the job is. Fails before it runs, and after it has ended. */
  CompletableFuture<Progress> progress() {
    return ask(new StepRequest.Report()).thenApply(Progress.class::cast);
  }

  /** Ends the job with its model, after the steps in progress. */
  CompletableFuture<?> stop() {
    return flink.ask(uids.server(), new StepRequest.Stop());
  }

  /** Ends the job with the model of the last complete version. */
  CompletableFuture<?> giveUp() {
    return flink.ask(uids.server(), new StepRequest.GiveUp());
  }

  /**
   * Pauses the job between two steps.
   *
   * @param before the pause must begin before this version
   * @return completed once the job is paused, or cannot be any more
   */
  CompletableFuture<PauseAnswer> pause(long before) {
    return ask(new StepRequest.Pause(before)).thenApply(PauseAnswer.class::cast);
  }

  CompletableFuture<PauseAnswer> isPaused() {
    return ask(new StepRequest.IsPaused()).thenApply(PauseAnswer.class::cast);
  }

  /** Ends the pause. */
  CompletableFuture<PauseAnswer> resume() {
    return ask(new StepRequest.Resume()).thenApply(PauseAnswer.class::cast);
  }

  private CompletableFuture<CoordinationResponse> ask(StepRequest request) {
    return flink.ask(uids.server(), request).thenApply(PackedAnswer::read);
  }
}
