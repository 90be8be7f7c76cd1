package dev.drey.operators.coordination;

import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The operator that announces versions to its coordinator.
 *
 * @param <I> what it takes
 * @param <O> what it gives
 */
public interface AnnouncingOperator<I, O> extends OneInputStreamOperator<I, O> {

  /**
   * Publishes and announces the present version of all its shards once more: workers cannot read
   * what was published. Called by the task's own thread, between elements.
   */
  void publishAnew() throws IOException;

  /** The run stood still for a while, which is no step's time. Called likewise. */
  void heldUp();
}
