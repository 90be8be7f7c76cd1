package dev.drey.core.plan;

/**
 * Where the nodes of an aggregation tree run, which decides how long a level takes: as long as
 * whoever of the level adds up most sums, one after another, and the hops to get there. A level's
 * load depends on its own nodes and those below it alone, so that the best tree can be found level
 * by level. Loads never fall when nodes are added below.
 */
public sealed interface Placement permits OnFunctions, OnTasks {

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
}
