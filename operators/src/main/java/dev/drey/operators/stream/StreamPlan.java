package dev.drey.operators.stream;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a loop makes of a stream.
 *
 * @param steps how the stream is divided into steps
 * @param replaying how examples are replayed when the parameter server asks for it; null without
 *     replays
 * @param structure of the aggregation tree
 * @param firstStep the first step, after the evaluation of that version
 * @param stepsAhead how many steps ahead of the parameter server's version mini-batches are made,
 *     at least 1 more than the staleness
 */
public record StreamPlan(
    StreamSteps steps,
    @Nullable Replaying replaying,
    Structure structure,
    long firstStep,
    int stepsAhead)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  Shares shares() {
    return new Shares(structure);
  }
}
