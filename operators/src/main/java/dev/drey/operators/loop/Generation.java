package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import java.io.Serializable;

/**
 * A structure of the aggregation tree, and the steps of the run for which it is used. When a run
 * changes its structure, all earlier rounds are done, so source, dispatch and tree need no state of
 * the previous generation: they get other uids, and start empty. The parameter server and the sinks
 * keep their uids, and with them their state.
 *
 * @param number 0 for the structure that a run starts with, increasing with each change
 * @param structure of the tree
 * @param firstStep the first step that uses it
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

  /** The generation that a run starts with. */
  public static Generation first(Structure structure) {
    return new Generation(0, structure, 0);
  }
}
