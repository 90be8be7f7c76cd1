package dev.drey.job.run;

import dev.drey.job.specification.key.Quantities;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobStatus;

/**
 * Stops a job when the user asks for it: after the steps in progress, and once these have taken too
 * long without them. A job that does not run then, because it waits to be restarted, is cancelled,
 * and its last checkpoint stays. Not thread-safe.
 */
final class BoundedStop {

  private final Duration within;
  private final ProgressListener listener;
  private final LongSupplier nanoTime;
  private OptionalLong since = OptionalLong.empty();
  private boolean over;
  private volatile boolean cancelled;

  /**
   * @param within how long the steps in progress are waited for
   * @param listener is notified when they are given up
   * @param nanoTime as {@link System#nanoTime}
   */
  BoundedStop(Duration within, ProgressListener listener, LongSupplier nanoTime) {
    this.within = within;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Requests the end of the job. To be repeated until it has ended: a job that does not run yet, or
   * that is restored, forgets it.
   */
  void request(TrainingJob job) {
    if (since.isEmpty()) {
      since = OptionalLong.of(nanoTime.getAsLong());
    }
    if (nanoTime.getAsLong() - since.getAsLong() < within.toNanos()) {
      var unused = job.stop();
      return;
    }
    if (!over) {
      over = true;
      listener.noted(
          "the steps in progress are given up, checkpoints.stop-within is "
              + Quantities.text(within));
    }
    var unusedAnswer = job.giveUp();
    var unused = job.flink().status().thenAccept(status -> cancelIfNotRunning(job, status));
  }

  private void cancelIfNotRunning(TrainingJob job, JobStatus status) {
    switch (status) {
      case INITIALIZING, CREATED, RESTARTING -> {
        cancelled = true;
        var unused = job.flink().cancel();
      }
      default -> {}
    }
  }

  /** Whether the job was cancelled, so that there is no model. */
  boolean hasCancelled() {
    return cancelled;
  }
}
