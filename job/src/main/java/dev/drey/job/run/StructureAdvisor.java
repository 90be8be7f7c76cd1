package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import java.util.Optional;
import java.util.OptionalDouble;

/** Says when another structure would be better for a run that goes on. */
@FunctionalInterface
public interface StructureAdvisor {

  /**
   * Asked once per {@code checkpoints.interval}, on the thread that watches the run: it may take
   * some time, as for a question over REST, and none of the run's. What it throws is logged, and
   * the structure stays.
   *
   * @return the structure that is to take the place of the present one, or nothing
   */
  Optional<Advice> advise(LoopObservation observation);

  /**
   * A better structure.
   *
   * @param structure of as many slots
   * @param stepSeconds what a step should take with it, if anybody knows
   * @param insteadOf what it should take with the present one, if anybody knows
   */
  record Advice(Structure structure, OptionalDouble stepSeconds, OptionalDouble insteadOf) {}
}
