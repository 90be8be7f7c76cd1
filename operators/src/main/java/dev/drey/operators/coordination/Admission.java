package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.protocol.Weights;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** The answer to who asks whether a round may go out. */
public sealed interface Admission extends CoordinationResponse {

  /**
   * It may.
   *
   * @param weights the version to compute with
   * @param owed examples dropped by earlier steps, each to be computed together with the mini-batch
   *     of its slot
   */
  record Admitted(Weights weights, List<Dropped> owed) implements Admission {
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
