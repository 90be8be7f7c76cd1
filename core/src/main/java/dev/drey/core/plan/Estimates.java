package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.Locale;

/**
 * Estimates time and cost of given plans, for one workload on one platform; searches nothing.
 *
 * @param profile constants of the platform
 * @param workload what is trained
 * @param placement where the tree's nodes run
 * @param tariff price of function time
 */
public record Estimates(Profile profile, Workload workload, Placement placement, Tariff tariff) {

  /**
   * The estimate of a plan.
   *
   * @param structure of the aggregation tree; its slots are the workers
   * @param localSteps at least 1; a step must not be longer than an epoch
   * @throws IllegalArgumentException if local steps make a step longer than an epoch
   * @throws InfeasiblePlanException if the memory is too small for a worker
   */
  public Plan plan(Structure structure, int memoryMb, int localSteps) {
    checkLocalSteps(localSteps);
    checkMemory(structure.slots(), memoryMb);
    return plan(structure, tree().seconds(structure), memoryMb, localSteps);
  }

  void checkLocalSteps(int localSteps) {
    long most = workload.examplesPerEpoch() / workload.examplesPerStep();
    if (localSteps < 1 || localSteps > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "local steps are %d, must be in [1, %d]:"
                  + " that many steps of %,d examples an epoch of %,d has",
              localSteps,
              most,
              workload.examplesPerStep(),
              workload.examplesPerEpoch()));
    }
  }

  void checkMemory(int workers, int memoryMb) {
    int least = leastMemoryMb(workers);
    if (memoryMb < least) {
      throw new InfeasiblePlanException(
          "a worker does not run in %d MB; for a gradient over %d examples it needs %d MB"
              .formatted(memoryMb, workload.miniBatch(workers), least));
    }
  }

  /** The time model of the aggregation tree alone, with base 0. */
  StepModel tree() {
    return profile.tree().model(0, workload.vectorBytes(), placement);
  }

  /** The time of a step as a function of memory size. */
  StepFormula formula(int workers, int localSteps, double treeSeconds) {
    return new StepFormula(profile, workload, workers, localSteps, treeSeconds);
  }

  /** The least memory size, MB, of a worker when there are so many workers. */
  int leastMemoryMb(int workers) {
    return workload.leastMemoryMb().applyAsInt(workload.miniBatch(workers));
  }

  double stepsPerEpoch(int localSteps) {
    return workload.examplesPerEpoch() / ((double) workload.examplesPerStep() * localSteps);
  }

  /** The plan with a known tree time; its feasibility is not checked. */
  Plan plan(Structure structure, double treeSeconds, int memoryMb, int localSteps) {
    int workers = structure.slots();
    StepEstimate step = formula(workers, localSteps, treeSeconds).at(memoryMb);
    return new Plan(
        workers,
        memoryMb,
        structure,
        localSteps,
        workload.miniBatch(workers),
        step,
        tariff.dollars(step, workers, memoryMb),
        stepsPerEpoch(localSteps),
        workload.flopsPerEpoch());
  }
}
