package dev.drey.core.plan;

/**
 * The time of a step as a function of memory size, for fixed numbers of workers and local steps.
 * Terms that do not depend on memory are precomputed. As memory grows, time never rises and an
 * invocation's cost never falls (except for rounding).
 */
final class StepFormula {

  /** Lambda rounds up to whole milliseconds, which adds half a millisecond on average. */
  private static final double ROUNDING_SECONDS = 0.0005;

  private final WorkerSpeed speed;
  private final Limits limits;
  private final double flops;
  private final double transfer;
  private final double mean;
  private final double maximum;
  private final int rounds;
  private final double coldStarts;
  private final double meanColdStart;
  private final double tree;
  private final double base;

  /**
   * Creates the formula.
   *
   * @param tree seconds of aggregation
   */
  StepFormula(Profile profile, Workload workload, int workers, int localSteps, double tree) {
    SlotConstants slot = profile.slot();
    this.speed = slot.speed();
    this.limits = profile.limits();
    this.flops = workload.flopsPerExample() * workload.miniBatch(workers) * localSteps;
    double bytes = workload.vectorBytes();
    this.transfer = slot.down().seconds(bytes) + slot.up().seconds(bytes);
    this.mean = slot.stragglers().mean();
    this.maximum = slot.stragglers().expectedMaximum(workers);
    this.rounds = (workers + limits.concurrency() - 1) / limits.concurrency();
    this.coldStarts = slot.coldStarts().expectedSeconds(workers);
    this.meanColdStart = slot.coldStarts().meanSeconds();
    this.tree = tree;
    this.base = profile.base().seconds(bytes);
  }

  StepEstimate at(int memoryMb) {
    double compute = speed.seconds(flops, memoryMb);
    double slot = compute + transfer;
    return new StepEstimate(
        compute,
        transfer,
        slot * (rounds - 1) * mean,
        slot * (maximum - 1),
        coldStarts,
        tree,
        base,
        slot * mean + meanColdStart + ROUNDING_SECONDS);
  }

  /** Expected seconds of the slowest invocation of a step. */
  double slowest(int memoryMb) {
    return (speed.seconds(flops, memoryMb) + transfer) * maximum;
  }

  boolean isTooLong(int memoryMb) {
    return slowest(memoryMb) > limits.invocationSeconds();
  }
}
