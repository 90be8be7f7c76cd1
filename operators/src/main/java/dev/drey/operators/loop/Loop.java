package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.coordination.StepPolicy;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.stream.Replaying;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a training loop.
 *
 * @param run what requests have in common
 * @param names that keep the loop apart from others
 * @param feed where examples come from
 * @param generation of the aggregation tree
 * @param workforce that computes gradients
 * @param policy that steps follow
 * @param server what the parameter server does
 */
public record Loop(
    RequestTemplate run,
    Names names,
    Feed feed,
    Generation generation,
    Workforce workforce,
    StepPolicy policy,
    ServerSettings server) {

  /** How much of a run's name is in the names of its objects. */
  private static final int MOST_CHARACTERS = 30;

  Structure structure() {
    return generation.structure();
  }

  /**
   * Prefix of the names of the run's objects in a shared store: unique, and kept after a restart.
   */
  public String objects() {
    String name = run.name().replaceAll("[^A-Za-z0-9._-]", "_");
    return name.substring(0, Math.min(MOST_CHARACTERS, name.length())) + "-" + names.id();
  }

  /** The uids of the loop's operators, and of the other operators of its job. */
  public Uids uids() {
    return new Uids(names.uidPrefix(), generation.number());
  }

  /**
   * Names that keep a loop apart from others.
   *
   * @param id of the run, in the names of its objects; a restarted job deletes old ones by it
   * @param uidPrefix of the uids of its operators, unique within the job
   */
  public record Names(UUID id, String uidPrefix) {

    /** For the only loop of a job. */
    public Names(UUID id) {
      this(id, "");
    }
  }

  /** Settings of the coordinator. A loop that waits for examples without a limit cannot stall. */
  CoordinationSettings coordination() {
    CoordinationSettings settings =
        new CoordinationSettings(server.model().shards().count(), policy, feed.evaluations());
    return feed.mayPause() ? settings.withoutStall() : settings;
  }

  /**
   * How a stream's examples are replayed after a drift; null if that is not the reaction to one.
   */
  @Nullable Replaying replaying() {
    DriftRule drift = server.model().rule().drift();
    return drift != null && drift.reaction() instanceof DriftRule.Reaction.Replay replay
        ? new Replaying(replay.examples(), replay.share(), run.seed())
        : null;
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
