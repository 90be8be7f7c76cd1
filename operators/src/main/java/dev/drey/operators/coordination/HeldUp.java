package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** Tells the parameter server that a pause is over, whose time is no step's. */
record HeldUp() implements OperatorEvent {
  private static final long serialVersionUID = 1L;
}
