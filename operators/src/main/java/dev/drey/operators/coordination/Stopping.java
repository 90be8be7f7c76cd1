package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Tells the parameter server to pass on to the source that the run ends: of a stream that is silent
 * nobody would ask, and learn it.
 *
 * @param steps the run's last version
 */
record Stopping(long steps) implements OperatorEvent {
  private static final long serialVersionUID = 1L;
}
