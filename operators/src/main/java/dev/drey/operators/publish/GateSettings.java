package dev.drey.operators.publish;

import dev.drey.core.exchange.Store;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.Run;
import java.io.Serializable;

/**
 * What a gate needs.
 *
 * @param rule for candidates
 * @param steps of the stream
 * @param evaluations how candidates are evaluated
 */
public record GateSettings(GateRule rule, Steps steps, Evaluations evaluations)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The steps that windows are made of.
   *
   * @param every steps from one candidate to the next, at least 1
   * @param slots of a step
   * @param miniBatch examples of a slot at most: as many go into a request
   */
  public record Steps(long every, int slots, int miniBatch) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * How candidates are evaluated.
   *
   * @param run what requests have in common
   * @param attempts at each request
   * @param workers who compute
   * @param store of the weights that requests refer to
   * @param objects begins the names of what is published there, and of nothing else
   */
  public record Evaluations(
      Run run,
      Attempts attempts,
      GradientWorker.Provider workers,
      Store.Provider store,
      String objects)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
