package dev.drey.job.run;

import java.net.URI;

/** Is called as a run makes progress. */
public interface ProgressListener {

  /**
   * Flink is up.
   *
   * @param webInterface its address
   */
  void started(URI webInterface);

  /** Something happened that deserves a line of its own, such as a change of the structure. */
  void noted(String sentence);

  /** The status of the run, which may be the same as before; called several times a second. */
  void progressed(RunStatus status);
}
