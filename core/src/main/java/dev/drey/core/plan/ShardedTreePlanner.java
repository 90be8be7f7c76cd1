package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The structure and the number of shards that make a step shortest, together: more shards spread a
 * node over more tasks, and each is a message of its own. Tries every number of shards with the
 * exact tree for it. Immutable.
 */
public final class ShardedTreePlanner {

  /**
   * What was found.
   *
   * @param shards that a sum is cut into
   * @param structure the best one with so many
   * @param model of a step with so many
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
   * Computes the tables.
   *
   * @param slots the most that will be asked for, at least 1
   * @param shards the most to try, at least 1 and no more than there are parameters
   * @param model of a step by its number of shards
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
   * The best choice, of equally good ones that with the fewest shards.
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
