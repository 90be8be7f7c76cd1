package dev.drey.core.plan;

import java.util.List;

/**
 * The search space of plans.
 *
 * @param workers range of the number of slots of a step
 * @param memoryMb range of a worker's memory size, in steps of 1 MB, within Lambda's 128 to 10,240;
 *     sizes too small for a worker are skipped
 * @param localSteps candidate numbers of steps that a slot takes by itself between two
 *     aggregations, sorted; 1 means that every gradient is aggregated. The model ignores their
 *     effect on convergence: it compares time and cost for the same number of examples
 * @param placement where the tree's nodes run
 * @param tariff price of function time
 */
public record PlanSpace(
    Span workers, Span memoryMb, List<Integer> localSteps, Placement placement, Tariff tariff) {

  /** Lambda's memory sizes. */
  public static final Span LAMBDA_MEMORY_MB = new Span(128, 10_240);

  /** The most workers that a specification accepts. */
  public static final int MOST_WORKERS = 100_000;

  /** The most local steps. */
  public static final int MOST_LOCAL_STEPS = 1_000_000;

  public PlanSpace {
    if (workers.most() > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "workers are " + workers + ", must be at most " + MOST_WORKERS);
    }
    if (memoryMb.least() < LAMBDA_MEMORY_MB.least() || memoryMb.most() > LAMBDA_MEMORY_MB.most()) {
      throw new IllegalArgumentException(
          "memory is " + memoryMb + " MB, must be within " + LAMBDA_MEMORY_MB + " MB");
    }
    localSteps = localSteps.stream().distinct().sorted().toList();
    if (localSteps.isEmpty()) {
      throw new IllegalArgumentException("there are 0 numbers of local steps, must be at least 1");
    }
    for (int steps : localSteps) {
      if (steps < 1 || steps > MOST_LOCAL_STEPS) {
        throw new IllegalArgumentException(
            "local steps are " + steps + ", must be in [1, " + MOST_LOCAL_STEPS + "]");
      }
    }
  }

  /** Up to so many workers of any memory size on x86, one local step. */
  public static PlanSpace upTo(int workers, Placement placement) {
    return new PlanSpace(new Span(1, workers), LAMBDA_MEMORY_MB, List.of(1), placement, Tariff.X86);
  }

  /** The most workers that can be optimal: no more than a step has examples. */
  int mostWorkers(Workload workload) {
    return Math.max(workers.least(), Math.min(workers.most(), workload.examplesPerStep()));
  }

  public PlanSpace withWorkers(Span range) {
    return new PlanSpace(range, memoryMb, localSteps, placement, tariff);
  }

  public PlanSpace withMemoryMb(Span range) {
    return new PlanSpace(workers, range, localSteps, placement, tariff);
  }

  public PlanSpace withLocalSteps(List<Integer> choices) {
    return new PlanSpace(workers, memoryMb, choices, placement, tariff);
  }

  public PlanSpace withTariff(Tariff rates) {
    return new PlanSpace(workers, memoryMb, localSteps, placement, rates);
  }
}
