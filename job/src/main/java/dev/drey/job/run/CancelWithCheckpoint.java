package dev.drey.job.run;

import dev.drey.job.flink.FailureText;
import dev.drey.job.flink.FlinkJob;
import dev.drey.operators.coordination.PauseAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a job between two steps, so that another job can continue from there: pauses it, takes a
 * checkpoint, cancels it. If anything comes in between (the user stops the run, the job fails, a
 * step takes too long), the pause is ended and the job continues.
 */
final class CancelWithCheckpoint {

  private static final Logger LOG = LoggerFactory.getLogger(CancelWithCheckpoint.class);
  private static final int POLL_MILLIS = 20;

  private final Duration timeout;
  private final StopSignal stop;
  private final Runnable whileWaiting;
  private final LongSupplier nanoTime;

  /**
   * A job that was cancelled.
   *
   * @param checkpoint its last, a URI
   * @param version that the job was paused at; empty if it failed and was restored after the pause,
   *     so that the checkpoint may be of any version, and only the same structure can continue
   */
  record Cancelled(String checkpoint, OptionalLong version) {}

  private static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;

    GivenUpException(String reason) {
      super(reason);
    }
  }

  /**
   * @param timeout of the pause and the checkpoint together
   * @param whileWaiting called repeatedly while waiting
   * @param nanoTime as {@link System#nanoTime}
   */
  CancelWithCheckpoint(
      Duration timeout, StopSignal stop, Runnable whileWaiting, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.stop = stop;
    this.whileWaiting = whileWaiting;
    this.nanoTime = nanoTime;
  }

  /**
   * Cancels a job.
   *
   * @param before the pause must begin before this version
   * @return empty if the job continues, or has ended otherwise
   */
  Optional<Cancelled> cancel(TrainingJob job, long before) throws Exception {
    Waiting waiting = new Waiting(job.result(), nanoTime.getAsLong() + timeout.toNanos());
    PauseAnswer answer;
    long restores;
    try {
      answer = waiting.on(job.pause(before));
      if (!(answer instanceof PauseAnswer.Paused)) {
        return Optional.empty();
      }
      restores = waiting.on(job.flink().restores());
      waiting.on(job.flink().checkpoint());
      if (!waiting.on(job.isPaused()).equals(answer)) {
        throw new GivenUpException("it was restarted after the pause");
      }
    } catch (GivenUpException e) {
      LOG.info("the job continues with its structure: {}", e.getMessage());
      var unused = job.resume();
      return Optional.empty();
    }
    return isCancelled(job)
        ? Optional.of(cancelled(job.flink(), (PauseAnswer.Paused) answer, restores))
        : Optional.empty();
  }

  /** Cancels the job; false if it ended in another way first. */
  private boolean isCancelled(TrainingJob job) throws Exception {
    try {
      job.flink().cancel().get();
    } catch (ExecutionException e) {
      LOG.info("the job cannot be cancelled: {}", FailureText.of(e)); // it has ended, perhaps
      var unusedAnswer = job.resume();
      return false;
    }
    var unused = job.result().handle((progress, failure) -> true).get();
    return job.flink().isCancelled();
  }

  /**
   * The newest checkpoint may be a periodic one that came after ours: it is of the same version,
   * unless the job was restored in between.
   */
  private Cancelled cancelled(FlinkJob job, PauseAnswer.Paused paused, long restores)
      throws Exception {
    boolean stayedPaused = job.restores().get() == restores;
    return new Cancelled(
        job.newestCheckpoint(),
        stayedPaused ? OptionalLong.of(paused.version()) : OptionalLong.empty());
  }

  /** Waits for answers until a deadline. */
  private final class Waiting {

    private final CompletableFuture<?> end;
    private final long deadline;

    Waiting(CompletableFuture<?> end, long deadline) {
      this.end = end;
      this.deadline = deadline;
    }

    <T> T on(CompletableFuture<T> answer) throws GivenUpException, InterruptedException {
      while (true) {
        try {
          return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
          throw new GivenUpException(FailureText.of(e));
        } catch (TimeoutException e) {
          whileWaiting.run();
          check();
        }
      }
    }

    private void check() throws GivenUpException {
      if (stop.isRequested()) {
        throw new GivenUpException("the user stops the run");
      }
      if (end.isDone()) {
        throw new GivenUpException("it has ended");
      }
      if (nanoTime.getAsLong() - deadline > 0) {
        throw new GivenUpException(
            "it is not paused and checkpointed after " + timeout.toSeconds() + " s");
      }
    }
  }
}
