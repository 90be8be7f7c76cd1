package dev.drey.job.run;

import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;

/** Decides what a specification leaves to the program, such as the structure of the tree. */
@FunctionalInterface
public interface RunPlanner {

  /**
   * Plans a run before it starts or is resumed.
   *
   * @param specification its given values are not changed, nor is the structure of a resumed run
   * @param input of the run, opened
   * @throws SpecificationException if no plan fits
   */
  RunPlan plan(RunSpecification specification, PreparedInput input) throws SpecificationException;
}
