package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Tells the parameter server to forward to the source that the run ends. A silent stream sends no
 * requests that could be answered with the stop, so it must be pushed.
 *
 * @param steps the run's last version
 */
record StopNotice(long steps) implements OperatorEvent {
  private static final long serialVersionUID = 1L;
}
