package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds the structure and the number of shards that together minimize the time of a step: more
 * shards spread a node over more tasks, but each shard is a message. Tries every number of shards
 * with the optimal tree for it. Immutable.
 */
public final class ShardedTreePlanner {

  /**
   * The result of a search.
   *
   * @param shards number of shards of a sum
   * @param structure the best structure for that number
   * @param model time model of a step for that number
   */
  public record Choice(int shards, Structure structure, StepModel model) {

    /** Seconds of a whole step. */
    public double seconds() {
      return model.seconds(structure);
    }
  }

  private final List<StepModel> models;
  private final List<TreePlanner> planners;

  private ShardedTreePlanner(List<StepModel> models, List<TreePlanner> planners) {
    this.models = models;
    this.planners = planners;
  }

  /**
   * Creates a planner; computes all trees.
   *
   * @param slots the most slots that {@link #best} accepts, at least 1
   * @param shards the most shards to try, from 1 to the number of parameters
   * @param model time model of a step by number of shards
   */
  public static ShardedTreePlanner upTo(int slots, int shards, IntFunction<StepModel> model) {
    if (shards < 1) {
      throw new IllegalArgumentException("up to " + shards + " shards, must be at least 1");
    }
    List<StepModel> models = IntStream.rangeClosed(1, shards).mapToObj(model).toList();
    return new ShardedTreePlanner(
        models, models.stream().map(m -> TreePlanner.upTo(slots, m)).toList());
  }

  /**
   * The best choice; ties go to the fewest shards.
   *
   * @param slots from 1 to the planner's limit
   */
  public Choice best(int slots) {
    Choice best = choice(1, slots);
    for (int shards = 2; shards <= planners.size(); shards++) {
      Choice choice = choice(shards, slots);
      best = TreePlanner.isLess(choice.seconds(), best.seconds()) ? choice : best;
    }
    return best;
  }

  private Choice choice(int shards, int slots) {
    return new Choice(shards, planners.get(shards - 1).structure(slots), models.get(shards - 1));
  }
}
