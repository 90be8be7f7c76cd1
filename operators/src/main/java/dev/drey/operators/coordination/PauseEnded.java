package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** Tells the parameter server that a pause has ended, to exclude its time from step timing. */
record PauseEnded() implements OperatorEvent {
  private static final long serialVersionUID = 1L;
}
