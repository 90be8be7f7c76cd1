package dev.drey.operators.minibatch;

import java.io.Serializable;

/** The rounds of a run: every step up to the last, and evaluations of some versions. */
public interface Rounds extends Serializable {

  /** The run's last version; Long.MAX_VALUE if it has no end. */
  long steps();

  /** Whether the version is evaluated. */
  boolean evaluatesAt(long version);
}
