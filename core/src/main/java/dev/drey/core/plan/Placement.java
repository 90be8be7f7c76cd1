package dev.drey.core.plan;

/**
 * Where the nodes of an aggregation tree run. It determines the time of a level: that of its
 * busiest process, which adds up sums one after another, and of the hops of a sum on its way there.
 * A level's load depends only on the numbers of its own nodes and of those below, so the best tree
 * can be found level by level. Every placement satisfies three rules, on which {@link TreePlanner}
 * relies:
 *
 * <ol>
 *   <li>The sums of a level never fall when there are more nodes below it.
 *   <li>From level 2 on, a level with the same nodes one level higher has no fewer sums and hops.
 *   <li>From level {@value #HIGH} on, all levels have the same cost function.
 * </ol>
 */
public sealed interface Placement permits OnFunctions, OnTasks {

  /** The level from which on all levels have the same cost function. */
  int HIGH = 3;

  /**
   * The number of sums that the busiest process of a level adds up, in whole parameter vectors; a
   * shard counts as a fraction.
   *
   * @param level from 1, directly above the slots
   * @param below nodes of the level below; the slots at level 1
   * @param nodes of this level, 1 at the root, at most {@code below}
   */
  double sums(int level, int below, int nodes);

  /**
   * How often a sum is sent to another process on its way into a level: 0 or 1.
   *
   * @param level from 1
   * @param nodes of this level
   */
  int hops(int level, int nodes);

  /** The parts that a sum is cut into, which travel one by one. */
  int shards();

  /** With how many nodes per level, at most, the best tree over so many slots gets by. */
  int mostNodes(int slots);

  /**
   * The next larger number of nodes that the planner has to try, or 0 if there is none. Numbers
   * that are skipped are no better than a smaller one, provided that the cost of the levels above
   * never falls when a level has more nodes.
   *
   * @param level from 1
   * @param below nodes of the level below, at least 2; the slots at level 1
   * @param nodes the number of nodes tried last, from 1
   */
  int moreNodes(int level, int below, int nodes);
}
