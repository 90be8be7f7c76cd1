package dev.drey.core.plan;

/**
 * The parts of a step's time, in expected seconds of the model. The parts are sequential and add up
 * to {@link #total}; {@link #billed} is not one of them.
 *
 * @param compute computation of a slot without delays
 * @param transfer of the weights to a worker and of the gradient back, without delays
 * @param waiting queueing of slots, where the concurrency limit is below the number of slots
 * @param stragglers additional time of the slowest slot
 * @param coldStarts additional time by cold starts
 * @param tree aggregation
 * @param base time that is the same for every plan: dispatch, the parameter server, publishing
 *     weights
 * @param billed mean billed time of an invocation
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
