package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;

/**
 * What plans take, of one workload in one place.
 *
 * @param profile of the place
 * @param workload that is trained
 * @param tariff what function time costs
 */
record Estimates(Profile profile, Workload workload, Tariff tariff) {

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
