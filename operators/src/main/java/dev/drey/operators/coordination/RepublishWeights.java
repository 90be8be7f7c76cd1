package dev.drey.operators.coordination;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** Tells the parameter server to publish the present version again, under another name. */
record RepublishWeights() implements OperatorEvent {
  private static final long serialVersionUID = 1L;
}
