package dev.drey.job.run;

import dev.drey.job.specification.RunSpecification;
import java.util.OptionalDouble;

/**
 * A specification with every "auto" decided.
 *
 * @param specification with a structure and a memory size
 * @param stepSeconds predicted duration of a step, if known
 * @param advisor asked during the run; its advice is followed if {@code aggregation.structure} is
 *     auto
 */
public record RunPlan(
    RunSpecification specification, OptionalDouble stepSeconds, StructureAdvisor advisor) {

  public RunPlan {
    // Both throw if it is not decided yet.
    specification.aggregation().structure();
    specification.workers().memoryMb();
  }
}
