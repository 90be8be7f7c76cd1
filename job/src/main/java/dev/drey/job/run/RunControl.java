package dev.drey.job.run;

import dev.drey.operators.coordination.Progress;

/** Who watches a run and who may stop it. */
record RunControl(ProgressListener listener, StopSignal stop, RunLag lag) {

  void progressed(StatusTracker tracker, Progress progress) {
    listener.progressed(tracker.status(progress, lag.of(progress)));
    lag.complaint(progress).ifPresent(listener::noted);
  }
}
