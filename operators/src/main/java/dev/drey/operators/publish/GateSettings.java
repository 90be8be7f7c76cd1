package dev.drey.operators.publish;

import dev.drey.core.exchange.Store;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import java.io.Serializable;

/**
 * The settings of a gate.
 *
 * @param rule by which candidates pass
 * @param steps the stream's steps
 * @param evaluations how candidates are evaluated
 */
public record GateSettings(GateRule rule, Steps steps, Evaluations evaluations)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The stream's steps, as far as windows depend on them.
   *
   * @param every number of steps between candidates, at least 1
   * @param slots number of slots of a step
   * @param miniBatch most examples of a slot, and of an evaluation request
   */
  public record Steps(long every, int slots, int miniBatch) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * How candidates are evaluated.
   *
   * @param run constants of all requests
   * @param attempts limits of the attempts at a request
   * @param workers opens the workers that evaluate
   * @param store of the weights that requests reference
   * @param objects prefix of the names of these weights in the store, used for nothing else
   */
  public record Evaluations(
      RequestTemplate run,
      Attempts attempts,
      GradientWorker.Provider workers,
      Store.Provider store,
      String objects)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
