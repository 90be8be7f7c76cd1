package dev.drey.job.run;

import dev.drey.core.stream.Lag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Watches a run, and waits for things to come, with a deadline that only a hang can miss. */
public final class Watch implements ProgressListener {

  private static final long DEADLINE_SECONDS = 300;
  private static final Duration POLL = Duration.ofMillis(10);

  private final CompletableFuture<URI> webInterface = new CompletableFuture<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private volatile @Nullable RunStatus last;

  @Override
  public void started(URI address) {
    webInterface.complete(address);
  }

  @Override
  public void noted(String sentence) {
    notes.add(sentence);
  }

  List<String> notes() {
    return notes;
  }

  @Override
  public void progressed(RunStatus progress) {
    last = progress;
  }

  /** Of the last report; none before the first. */
  Lag lag() {
    RunStatus now = last;
    return now == null ? Lag.NONE : now.lag();
  }

  /** Whether Flink was started. */
  boolean hasStarted() {
    return webInterface.isDone();
  }

  URI webInterface() throws Exception {
    return webInterface.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until so many steps are done, or the run has ended. */
  void awaitStep(long step, Future<?> run) throws Exception {
    until(
        "step " + step,
        () -> {
          RunStatus now = last;
          return run.isDone() || (now != null && now.step() >= step);
        });
  }

  /** Waits for a condition. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + DEADLINE_SECONDS + " s: " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
