package dev.drey.core.plan;

/**
 * Where a step's time goes, by the model: expected seconds, none of them measured. Its parts follow
 * one another and add up to {@link #total}.
 *
 * @param compute a slot's, at best
 * @param transfer of weights to a worker and of the gradient back, at best
 * @param waiting of slots for a worker, where there are fewer workers at a time than slots
 * @param stragglers what the slowest slot takes longer
 * @param coldStarts of workers
 * @param tree adding up
 * @param base all that is the same for every plan: dispatch, the parameter server, publishing
 * @param billed of one invocation, on average
 */
public record StepEstimate(
    double compute,
    double transfer,
    double waiting,
    double stragglers,
    double coldStarts,
    double tree,
    double base,
    double billed) {

  /** The whole step. */
  public double total() {
    return compute + transfer + waiting + stragglers + coldStarts + tree + base;
  }
}
