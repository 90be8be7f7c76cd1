package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the structure that minimizes the time of a step, for any number of slots up to a limit:
 * optimal under its {@link StepModel}, by dynamic programming. Let U(l, m) be the least time of
 * level l and all levels above it, over m nodes below level l:
 *
 * <pre>
 * U(l, 1) = 0
 * U(l, m) = min over k of load(l, m, k) + U(l + 1, k)
 * T(n)    = base + min over k of load(1, n, k) + U(2, k)
 * </pre>
 *
 * <p>Since levels have the same cost function from {@link Placement#HIGH} on, two tables suffice.
 * <b>U(l, m) never falls when m grows</b>, for l from 2 on, which lets {@link Placement#moreNodes}
 * skip most k. Proof by induction over m' > m, with k the best choice for m' (k < m', since a level
 * as large as the one below only adds time). U(l, m) <= U(l + 1, m), by rule 2. If k <= m, the same
 * k serves m, at no larger load by rule 1. Otherwise m < k < m', and U(l, m) <= U(l + 1, m) <= U(l
 * + 1, k) <= U(l, m').
 *
 * <p>Ties go to the tree with fewer levels, then to the one with fewer nodes directly above the
 * slots, and so on upward. The tables take O(n^1.5) time {@link OnFunctions} and O(tasks^2) {@link
 * OnTasks}, a structure from them O(tasks) or O(sqrt n). Immutable.
 */
public final class TreePlanner {

  /** Relative difference below which two times count as equal, to absorb rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * The best next level above some nodes.
   *
   * @param nodes of the next level
   * @param levels number of levels from there to the root
   * @param seconds time of these levels
   */
  private record Choice(int nodes, int levels, double seconds) {

    static final Choice ROOT = new Choice(0, 0, 0);

    boolean isBetterThan(Choice other) {
      return isLess(seconds, other.seconds)
          || (levels < other.levels && !isLess(other.seconds, seconds));
    }
  }

  private final int upTo;
  private final StepModel model;
  private final List<Choice[]> above;

  private TreePlanner(int upTo, StepModel model) {
    this.upTo = upTo;
    this.model = model;
    int most = model.placement().mostNodes(upTo);
    Choice[] high = new Choice[most + 1];
    Choice[] second = new Choice[most + 1];
    this.above = List.of(second, high);
    high[1] = Choice.ROOT;
    second[1] = Choice.ROOT;
    for (int nodes = 2; nodes <= most; nodes++) {
      high[nodes] = best(Placement.HIGH, nodes);
      second[nodes] = best(2, nodes);
    }
  }

  /**
   * Creates a planner; computes the tables.
   *
   * @param slots the most slots that {@link #structure} accepts, at least 1
   */
  public static TreePlanner upTo(int slots, StepModel model) {
    if (slots < 1) {
      throw new IllegalArgumentException("trees up to " + slots + " slots, must be at least 1");
    }
    return new TreePlanner(slots, model);
  }

  /**
   * The best structure.
   *
   * @param slots from 1 to the planner's limit
   */
  public Structure structure(int slots) {
    if (slots < 1 || slots > upTo) {
      throw new IllegalArgumentException(slots + " slots, must be 1 to " + upTo);
    }
    if (slots == 1) {
      return Structure.of(1, 1);
    }
    Deque<Integer> sizes = new ArrayDeque<>(List.of(slots));
    for (int level = 1; sizes.getFirst() > 1; level++) {
      sizes.addFirst(best(level, sizes.getFirst()).nodes);
    }
    return new Structure(List.copyOf(sizes));
  }

  /**
   * The least time of a whole step, seconds.
   *
   * @param slots from 1 to the planner's limit
   */
  public double seconds(int slots) {
    return model.seconds(structure(slots));
  }

  private Choice best(int level, int below) {
    Choice best = choice(level, below, 1);
    int nodes = 1;
    while ((nodes = model.placement().moreNodes(level, below, nodes)) > 0) {
      Choice choice = choice(level, below, nodes);
      best = choice.isBetterThan(best) ? choice : best;
    }
    return best;
  }

  private Choice choice(int level, int below, int nodes) {
    Choice next = above.get(Math.min(level, above.size()) - 1)[nodes];
    return new Choice(nodes, next.levels + 1, model.seconds(level, below, nodes) + next.seconds);
  }

  /** Whether a time is less than another by more than rounding. */
  static boolean isLess(double seconds, double other) {
    return seconds < other - ROUNDING * other;
  }
}
