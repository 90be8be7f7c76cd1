package dev.drey.core.plan;

import java.util.stream.IntStream;

/**
 * Exhaustive search of a plan space. It skips only what is proved to be no better than what it
 * examines: numbers of workers that are not the least for their mini-batch, memory beyond which
 * nothing gets faster, and all but the best tree, since a tree's time depends neither on memory nor
 * on local steps.
 */
final class PlanSearch {

  private final Estimates estimates;
  private final PlanSpace space;
  private final TreePlanner trees;

  PlanSearch(Estimates estimates, PlanSpace space, TreePlanner trees) {
    this.estimates = estimates;
    this.space = space;
    this.trees = trees;
  }

  /**
   * The Pareto front of the whole space.
   *
   * @throws InfeasiblePlanException if no plan of the space is feasible
   */
  ParetoFront front() {
    int enough = enoughMemory();
    ParetoFront all = new ParetoFront(0);
    for (int workers : workerCounts()) {
      int least = leastMemory(workers);
      int most = Math.max(least, Math.min(space.memoryMb().most(), enough));
      if (least > space.memoryMb().most()) {
        continue;
      }
      for (int localSteps : space.localSteps()) {
        all = all.merge(byMemory(workers, localSteps, new Span(least, most)));
      }
    }
    if (all.size() == 0) {
      throw nothingRuns();
    }
    return all;
  }

  /**
   * The numbers of workers in the space that are the least for their mini-batch size. No other can
   * be better: its slots do as much work each, and there are more of them to pay, to wait for and
   * to aggregate, which takes no less time ({@link Placement}, rule 1, and {@link TreePlanner}).
   */
  private int[] workerCounts() {
    int most = space.mostWorkers(estimates.workload());
    return IntStream.iterate(
            space.workers().least(),
            workers -> workers <= most,
            workers -> {
              int miniBatch = estimates.workload().miniBatch(workers);
              return miniBatch == 1
                  ? Integer.MAX_VALUE
                  : estimates.workload().leastWorkers(miniBatch - 1);
            })
        .toArray();
  }

  /** The memory size beyond which nothing gets faster, only more expensive. */
  private int enoughMemory() {
    WorkerSpeed speed = estimates.profile().slot().speed();
    int enough = space.memoryMb().most();
    while (enough > 1 && speed.slowdown(enough - 1) == speed.slowdown(enough)) {
      enough--;
    }
    return enough;
  }

  private int leastMemory(int workers) {
    return Math.max(space.memoryMb().least(), estimates.leastMemoryMb(workers));
  }

  private ParetoFront byMemory(int workers, int localSteps, Span memory) {
    StepFormula formula = estimates.formula(workers, localSteps, trees.seconds(workers));
    double steps = estimates.stepsPerEpoch(localSteps);
    ParetoFront curve = new ParetoFront(memory.most() - memory.least() + 1);
    for (int mb = memory.most(); mb >= memory.least() && !formula.isTooLong(mb); mb--) {
      StepEstimate step = formula.at(mb);
      curve.add(
          steps * step.total(),
          steps * estimates.tariff().dollars(step, workers, mb),
          new PlanChoice(workers, mb, localSteps).packed());
    }
    return curve;
  }

  private InfeasiblePlanException nothingRuns() {
    int most = space.memoryMb().most();
    int frugal = 0;
    int quick = 0;
    double slowest = Double.POSITIVE_INFINITY;
    for (int workers : workerCounts()) {
      int least = leastMemory(workers);
      if (frugal == 0 || least < leastMemory(frugal)) {
        frugal = workers;
      }
      if (least <= most) {
        double seconds = estimates.formula(workers, space.localSteps().get(0), 0).slowest(most);
        if (seconds < slowest) {
          slowest = seconds;
          quick = workers;
        }
      }
    }
    return new InfeasiblePlanException(
        quick == 0
            ? "no plan runs in %d MB; the least that does is %d MB, with %d workers"
                .formatted(most, leastMemory(frugal), frugal)
            : "no plan's invocations end within %s s; the fastest take %s, with %d workers of %d MB"
                .formatted(
                    Amounts.plain(estimates.profile().limits().invocationSeconds()),
                    Amounts.seconds(slowest),
                    quick,
                    most));
  }
}
