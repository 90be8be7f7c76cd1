package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.server.ServerSettings;
import java.util.UUID;

/**
 * All that the loop is made of.
 *
 * @param run what requests have in common
 * @param id in the names of what is published, that no other run has; a job deletes what one before
 *     it left
 * @param feed where examples come from
 * @param generation of the aggregation tree
 * @param workers where gradients come from
 * @param workforce how workers are used
 * @param server what the parameter server does
 * @param coordination when a round may go out
 */
public record Loop(
    RequestTemplate run,
    UUID id,
    Feed feed,
    Generation generation,
    GradientWorker.Provider workers,
    Workforce workforce,
    ServerSettings server,
    CoordinationSettings coordination) {

  /** Of a run's name, in the names of its objects. */
  private static final int MOST_CHARACTERS = 30;

  Structure structure() {
    return generation.structure();
  }

  /**
   * The run's own beginning of names in a store that others may share: the same after a restart.
   */
  public String objects() {
    String name = run.name().replaceAll("[^A-Za-z0-9._-]", "_");
    return name.substring(0, Math.min(MOST_CHARACTERS, name.length())) + "-" + id;
  }

  /**
   * How workers are used.
   *
   * @param concurrency invocations in flight at most
   * @param attempts at each slot
   */
  public record Workforce(int concurrency, Attempts attempts) {}
}
