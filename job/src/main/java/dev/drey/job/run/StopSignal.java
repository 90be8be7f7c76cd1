package dev.drey.job.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Set when the user stops a run, which then saves its model. Thread-safe. */
public final class StopSignal {

  private final AtomicBoolean requested = new AtomicBoolean();

  /**
   * Requests the stop.
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
