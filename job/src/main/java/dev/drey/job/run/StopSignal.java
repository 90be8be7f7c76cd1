package dev.drey.job.run;

import java.util.concurrent.CompletableFuture;

/** The user's wish that a run stop with its model saved. Thread-safe. */
public final class StopSignal {

  private final CompletableFuture<Void> request = new CompletableFuture<>();

  /**
   * Asks for it.
   *
   * @return whether this was the first time
   */
  public boolean request() {
    return request.complete(null);
  }

  public boolean isRequested() {
    return request.isDone();
  }

  /** Runs the action once it is asked for, on the thread that asks; at once if it was already. */
  public void onRequest(Runnable action) {
    var unused = request.thenRun(action);
  }
}
