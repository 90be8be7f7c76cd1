package dev.drey.operators.minibatch;

import java.io.Serializable;

/** Which rounds there are: every step up to the last, and evaluations of some versions between. */
public interface Rounds extends Serializable {

  /** The run's last version; Long.MAX_VALUE if it has no end. */
  long steps();

  /** Whether the version is evaluated. */
  boolean evaluatesAt(long version);
}
