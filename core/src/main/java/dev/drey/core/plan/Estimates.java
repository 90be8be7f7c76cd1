package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.Locale;

/**
 * What plans take, of one workload in one place. Nothing is searched for that.
 *
 * @param profile of the place
 * @param workload that is trained
 * @param placement where the tree's nodes run
 * @param tariff what function time costs
 */
public record Estimates(Profile profile, Workload workload, Placement placement, Tariff tariff) {

  /**
   * What a plan takes.
   *
   * @param structure of the tree, its slots are the workers
   * @param localSteps at most as many as make a step an epoch
   * @throws IllegalArgumentException if local steps make a step longer than an epoch
   * @throws InfeasiblePlanException if a worker does not run in so little memory
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

  /** The model of the tree alone. */
  StepModel tree() {
    return profile.tree().model(0, workload.vectorBytes(), placement);
  }

  /** A step by its memory size. */
  StepFormula formula(int workers, int localSteps, double treeSeconds) {
    return new StepFormula(profile, workload, workers, localSteps, treeSeconds);
  }

  /** The least memory size that so many workers run in. */
  int leastMemoryMb(int workers) {
    return workload.leastMemoryMb().applyAsInt(workload.miniBatch(workers));
  }

  double stepsPerEpoch(int localSteps) {
    return workload.examplesPerEpoch() / ((double) workload.examplesPerStep() * localSteps);
  }

  /** A plan whose tree's time is known, and that is known to run. */
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
