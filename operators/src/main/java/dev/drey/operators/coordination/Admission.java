package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.protocol.Weights;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** The answer to the question whether a round may start. */
public sealed interface Admission extends CoordinationResponse {

  /**
   * The round may start.
   *
   * @param weights the version to compute with
   * @param owed examples that earlier steps dropped as late, to be computed together with the
   *     mini-batches of their slots
   */
  record Admitted(Weights weights, List<Dropped> owed) implements Admission {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The round will not start: the run ends before it.
   *
   * @param steps the run's last version
   */
  record Stopped(long steps) implements Admission {
    private static final long serialVersionUID = 1L;
  }
}
