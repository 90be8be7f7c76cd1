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
 * Ends a job between two steps, so that another can go on from there: lets it stand still, takes a
 * checkpoint, and cancels it. Whatever comes between, the job goes on as if nothing had been: the
 * user's stop, a failure of the job, or a step that takes too long.
 */
final class Leaving {

  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
  private static final int POLL_MILLIS = 20;

  private final Duration patience;
  private final StopSignal stop;
  private final Runnable meanwhile;
  private final LongSupplier nanoTime;

  /**
   * What a job left.
   *
   * @param checkpoint where it lies, a URI
   * @param version that it stood still at; nothing if it went on after all, and then started again:
   *     its own structure must go on from there
   */
  record Left(String checkpoint, OptionalLong version) {}

  private static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;

    GivenUpException(String reason) {
      super(reason);
    }
  }

  /**
   * @param patience how long the job may take to stand still and to take the checkpoint
   * @param meanwhile called again and again while waiting
   * @param nanoTime as {@link System#nanoTime}
   */
  Leaving(Duration patience, StopSignal stop, Runnable meanwhile, LongSupplier nanoTime) {
    this.patience = patience;
    this.stop = stop;
    this.meanwhile = meanwhile;
    this.nanoTime = nanoTime;
  }

  /**
   * Ends a job.
   *
   * @param before a version that it must stand still before
   * @return nothing if it goes on, or has ended otherwise
   */
  Optional<Left> leave(TrainingJob job, long before) throws Exception {
    Waiting waiting = new Waiting(job.result(), nanoTime.getAsLong() + patience.toNanos());
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
        throw new GivenUpException("it went on meanwhile");
      }
    } catch (GivenUpException e) {
      LOG.info("the job goes on as it is: {}", e.getMessage());
      var unused = job.goOn();
      return Optional.empty();
    }
    return cancelled(job)
        ? Optional.of(left(job.flink(), (PauseAnswer.Paused) answer, restores))
        : Optional.empty();
  }

  /** Whether the job ended by being cancelled. */
  private boolean cancelled(TrainingJob job) throws Exception {
    try {
      job.flink().cancel().get();
    } catch (ExecutionException e) {
      LOG.info("the job cannot be cancelled: {}", FailureText.of(e)); // it has ended, perhaps
      var unusedAnswer = job.goOn();
      return false;
    }
    var unused = job.result().handle((progress, failure) -> true).get();
    return job.flink().isCancelled();
  }

  /**
   * The newest checkpoint, which a periodic one may have made since: all were made while the job
   * stood still, unless it was restored in between.
   */
  private Left left(FlinkJob job, PauseAnswer.Paused paused, long restores) throws Exception {
    boolean stood = job.restores().get() == restores;
    return new Left(
        job.newestCheckpoint(),
        stood ? OptionalLong.of(paused.version()) : OptionalLong.empty());
  }

  /** Waits, but not for ever. */
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
          meanwhile.run();
          check();
        }
      }
    }

    private void check() throws GivenUpException {
      if (stop.isRequested()) {
        throw new GivenUpException("it is to stop");
      }
      if (end.isDone()) {
        throw new GivenUpException("it has ended");
      }
      if (nanoTime.getAsLong() - deadline > 0) {
        throw new GivenUpException("it does not stand still after " + patience.toSeconds() + " s");
      }
    }
  }
}
