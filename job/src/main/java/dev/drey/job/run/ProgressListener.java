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

  /** The run went on; called as often as the caller likes. */
  void progressed(Progress progress);
}
