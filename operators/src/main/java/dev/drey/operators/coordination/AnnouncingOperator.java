package dev.drey.operators.coordination;

import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The operator that announces versions to its coordinator.
 *
 * @param <I> its input
 * @param <O> its output
 */
public interface AnnouncingOperator<I, O> extends OneInputStreamOperator<I, O> {

  /**
   * Publishes and announces the present version of all its shards again, since workers cannot read
   * what was published. Called by the task's own thread, between elements.
   */
  void publishAnew() throws IOException;

  /** A pause of the run has ended; excludes its time from step timing. Called likewise. */
  void pauseEnded();
}
