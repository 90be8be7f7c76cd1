package dev.drey.job.resume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the checksums of a run's checkpoints while its job runs, on a thread of its own: it reads
 * each checkpoint once, soon after it is complete.
 */
public final class CheckpointRecorder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointRecorder.class);
  private static final long CLOSE_SECONDS = 60;

  private final CheckpointIndex index;
  private final AtomicBoolean busy = new AtomicBoolean();
  private List<Path> recorded = List.of(); // used by the thread alone
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "checkpoint-sums");
            created.setDaemon(true);
            return created;
          });

  public CheckpointRecorder(CheckpointIndex index) {
    this.index = index;
  }

  /** Looks for new checkpoints, unless it is still reading earlier ones. Returns at once. */
  public void look() {
    if (busy.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            try {
              record();
            } catch (IOException | UncheckedIOException e) {
              LOG.warn("checkpoints of {} get no checksums now: {}", index.run(), e.toString());
            } finally {
              busy.set(false);
            }
          });
    }
  }

  private void record() throws IOException {
    List<Path> complete = index.complete();
    if (!complete.equals(recorded)) {
      new CheckpointSums(index.run()).record(complete);
      recorded = complete;
    }
  }

  /** Looks a last time, and waits for it. */
  @Override
  public void close() {
    busy.set(false);
    look(); // behind the one that may be going on
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the checksums of {} take more than {} s", index.run(), CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
