package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import java.util.Optional;
import java.util.OptionalDouble;

/** Says when another structure would make a running run faster. */
@FunctionalInterface
public interface StructureAdvisor {

  /**
   * Called once per {@code checkpoints.interval}, on the thread that watches the run: it may block,
   * for a request over REST, without delaying the run. If it throws, that is logged and the
   * structure stays.
   *
   * @return the structure to change to, or empty
   */
  Optional<Advice> advise(LoopObservation observation);

  /**
   * A better structure.
   *
   * @param structure of as many slots
   * @param stepSeconds predicted duration of a step with it, if known
   * @param insteadOf predicted duration of a step with the present one, if known
   */
  record Advice(Structure structure, OptionalDouble stepSeconds, OptionalDouble insteadOf) {}
}
