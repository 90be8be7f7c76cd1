package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks through all trees, to compare a planner with. */
final class EveryTree {

  private EveryTree() {}

  /**
   * The least time of a step over all trees, levels that repeat the size below included. Leaves a
   * tree as soon as its lower levels take as long as the best so far: no level takes less than
   * nothing.
   */
  static double leastSeconds(int slots, StepModel model) {
    return model.base() + leastAbove(1, slots, 0, Double.POSITIVE_INFINITY, model);
  }

  private static double leastAbove(
      int level, int below, double soFar, double least, StepModel model) {
    for (int nodes = 1; nodes <= below; nodes++) {
      double seconds = soFar + model.seconds(level, below, nodes);
      if (seconds < least) {
        least = nodes == 1 ? seconds : leastAbove(level + 1, nodes, seconds, least, model);
      }
    }
    return least;
  }

  /** Shows all trees whose levels shrink toward the root; level 1 may have a node for each slot. */
  static void shrinking(int slots, Consumer<Structure> trees) {
    shrinking(List.of(slots), trees);
  }

  private static void shrinking(List<Integer> sizes, Consumer<Structure> trees) {
    if (sizes.get(0) == 1) {
      trees.accept(new Structure(sizes));
    }
    int most = sizes.size() == 1 ? sizes.get(0) : sizes.get(0) - 1;
    for (int nodes = 1; nodes <= most; nodes++) {
      List<Integer> more = new ArrayList<>(sizes);
      more.add(0, nodes);
      shrinking(more, trees);
    }
  }
}
