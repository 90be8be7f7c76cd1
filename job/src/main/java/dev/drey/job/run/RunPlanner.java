package dev.drey.job.run;

import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;

/** Chooses what a specification leaves to the program. */
@FunctionalInterface
public interface RunPlanner {

  /**
   * Plans a run, before it starts or goes on.
   *
   * @param specification what it gives stays; so does a structure that was planned before, as that
   *     of a run that goes on
   * @param input of the run, opened
   * @throws SpecificationException if nothing fits
   */
  RunPlan plan(RunSpecification specification, PreparedInput input) throws SpecificationException;
}
