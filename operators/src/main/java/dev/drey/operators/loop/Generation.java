package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import java.io.Serializable;

/**
 * What of a run's state belongs to the structure of its tree, from a step on. When a run changes
 * its structure, all rounds before that step are done: what the source, dispatch and the tree hold
 * is of no more use then, and operators of other names begin with nothing. The parameter server and
 * what follows it keep their names, and with them their state.
 *
 * @param number 0 for the structure that a run starts with, another for each that follows
 * @param structure of the tree
 * @param firstStep of the run that it adds up
 */
public record Generation(int number, Structure structure, long firstStep) implements Serializable {

  public Generation {
    if (number < 0 || firstStep < 0 || (number == 0 && firstStep > 0)) {
      throw new IllegalArgumentException(
          "generation "
              + number
              + " from step "
              + firstStep
              + ": neither can be negative, and generation 0 begins with step 0");
    }
  }

  /** That a run starts with. */
  public static Generation first(Structure structure) {
    return new Generation(0, structure, 0);
  }
}
