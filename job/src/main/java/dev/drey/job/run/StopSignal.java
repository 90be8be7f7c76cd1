package dev.drey.job.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** The user's wish that a run stop with its model saved. Thread-safe. */
public final class StopSignal {

  private final AtomicBoolean requested = new AtomicBoolean();

  /**
   * Asks for it.
   *
   * @return whether this was the first time
   */
  public boolean request() {
    return requested.compareAndSet(false, true);
  }

  public boolean isRequested() {
    return requested.get();
  }
}
