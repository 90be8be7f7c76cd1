package dev.drey.job.run;

import java.net.URI;

/** Is told how a run goes on. */
public interface ProgressListener {

  /**
   * Flink is up.
   *
   * @param webInterface its address
   */
  void started(URI webInterface);

  /** Something worth a line of its own happened, as a change of the structure. */
  void noted(String sentence);

  /** The run went on; called as often as the caller likes. */
  void progressed(Progress progress);
}
