package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** The answer to who asks whether a round may go out. */
public sealed interface Admission extends CoordinationResponse {

  /**
   * It may.
   *
   * @param weights the version to compute with
   */
  record Admitted(Weights weights) implements Admission {
    private static final long serialVersionUID = 1L;
  }

  /**
   * It will not: the run ends before it.
   *
   * @param steps the run's last version
   */
  record Stopped(long steps) implements Admission {
    private static final long serialVersionUID = 1L;
  }
}
