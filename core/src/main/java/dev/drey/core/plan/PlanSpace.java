package dev.drey.core.plan;

import java.util.List;

/**
 * What is chosen from.
 *
 * @param workers how many slots a step may have
 * @param memoryMb memory sizes of a worker, in steps of 1 MB, within Lambda's 128 to 10,240; those
 *     that a worker does not run in are left out
 * @param localSteps how many steps a slot may take by itself before sums travel, sorted; 1 if it
 *     sends gradients. What training loses by more of them is not in the model: time and cost are
 *     of as many examples
 * @param placement where the tree's nodes run
 * @param tariff what function time costs
 */
public record PlanSpace(
    Span workers, Span memoryMb, List<Integer> localSteps, Placement placement, Tariff tariff) {

  /** Lambda's memory sizes. */
  public static final Span LAMBDA_MEMORY_MB = new Span(128, 10_240);

  /** As many as a specification takes. */
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

  /** Up to so many workers of any memory size on x86, without local steps. */
  public static PlanSpace upTo(int workers, Placement placement) {
    return new PlanSpace(new Span(1, workers), LAMBDA_MEMORY_MB, List.of(1), placement, Tariff.X86);
  }

  /** The most workers that are worth a thought: more than a step has examples are never better. */
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
