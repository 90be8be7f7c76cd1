package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.Run;
import dev.drey.operators.server.ServerSettings;
import java.util.UUID;

/**
 * All that the loop is made of.
 *
 * @param run what requests have in common
 * @param names of what the loop has in places that it shares with others
 * @param feed where examples come from
 * @param generation of the aggregation tree
 * @param workforce that computes gradients
 * @param policy of the steps
 * @param server what the parameter server does
 */
public record Loop(
    Run run,
    Names names,
    Feed feed,
    Generation generation,
    Workforce workforce,
    StepPolicy policy,
    ServerSettings server) {

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
    return name.substring(0, Math.min(MOST_CHARACTERS, name.length())) + "-" + names.id();
  }

  /** Of the loop's operators, and of those of its job that belong to it. */
  public Uids uids() {
    return new Uids(names.uidPrefix(), generation.number());
  }

  /**
   * What tells a loop from others.
   *
   * @param id in the names of what is published, that no other run has; a job deletes what one
   *     before it left
   * @param uidPrefix of the uids of its operators, that no other loop of its job has
   */
  public record Names(UUID id, String uidPrefix) {

    /** Those of a job's only loop. */
    public Names(UUID id) {
      this(id, "");
    }
  }

  /**
   * When rounds may go out. A stream that waits for its examples for as long as it takes does not
   * stall.
   */
  CoordinationSettings coordination() {
    CoordinationSettings settings =
        new CoordinationSettings(server.model().shards().count(), policy, feed.evaluations());
    return feed.mayPause() ? settings.withoutStall() : settings;
  }

  /**
   * The workers, and how they are used.
   *
   * @param workers where gradients come from
   * @param concurrency invocations in flight at most
   * @param attempts at each slot
   */
  public record Workforce(GradientWorker.Provider workers, int concurrency, Attempts attempts) {}
}
