package dev.drey.core.plan;

/**
 * Where the nodes of an aggregation tree run, which decides how long a level takes: as long as
 * whoever of the level adds up most sums, one after another, and the hops to get there. A level's
 * load depends on its own nodes and those below it alone, so that the best tree can be found level
 * by level. Every placement keeps to three rules, which {@link TreePlanner} builds on:
 *
 * <ol>
 *   <li>Sums never fall when nodes are added below.
 *   <li>From level 2 on, the same nodes have no fewer sums and hops one level higher.
 *   <li>From level {@value #HIGH} on, all levels are alike.
 * </ol>
 */
public sealed interface Placement permits OnFunctions, OnTasks {

  /** The level from which on all are alike. */
  int HIGH = 3;

  /**
   * How many sums the busiest of a level adds up, in whole parameter vectors: a shard counts as its
   * share of one.
   *
   * @param level from 1, right above the slots
   * @param below nodes of the level below, slots at level 1
   * @param nodes of this level, 1 at the root, at most {@code below}
   */
  double sums(int level, int below, int nodes);

  /**
   * How often a sum changes its process on the way into a level: 0 or 1.
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
   * The next larger number of nodes that is worth a try, or 0 if there is none. Those left out are
   * no better than a smaller one, provided that what lies above a level never gets cheaper when the
   * level has more nodes.
   *
   * @param level from 1
   * @param below nodes of the level below, slots at level 1, at least 2
   * @param nodes of this level that were tried last, from 1
   */
  int moreNodes(int level, int below, int nodes);
}
