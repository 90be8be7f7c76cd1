package dev.drey.job.run;

import dev.drey.job.specification.RunSpecification;
import java.util.OptionalDouble;

/**
 * What a run is to do, with nothing left to be chosen.
 *
 * @param specification with a structure and a memory size
 * @param stepSeconds what a step should take, if anybody knows
 * @param advisor asked while it runs; what it advises is done if {@code aggregation.structure} is
 *     auto
 */
public record RunPlan(
    RunSpecification specification, OptionalDouble stepSeconds, StructureAdvisor advisor) {

  public RunPlan {
    // Both throw if it is still to be planned.
    specification.aggregation().structure();
    specification.workers().memoryMb();
  }
}
