package dev.drey.job.run;

import dev.drey.job.spec.PreparedData;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.key.SpecificationException;

/** Chooses what a specification leaves to the program. */
@FunctionalInterface
public interface RunPlanner {

  /** A flat tree, and the memory of a processor core or what the network needs if that is more. */
  RunPlanner USUAL = (specification, data) -> RunPlan.of(specification.withTheUsual(data.memory()));

  /**
   * Plans a run, before it starts or goes on.
   *
   * @param specification what it gives stays; so does a structure that was planned before, as that
   *     of a run that goes on
   * @param data of the run, opened
   * @throws SpecificationException if nothing fits
   */
  RunPlan plan(RunSpecification specification, PreparedData data) throws SpecificationException;
}
