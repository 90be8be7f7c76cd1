package dev.drey.core.plan;

/**
 * The nodes share the tasks of a dataflow, as in {@code operators.loop}: what is dispatched from
 * one task is added up there before it changes tasks, and the nodes of each further level lie
 * evenly on the tasks, a key for each of their shards.
 *
 * @param tasks parallel tasks of every level
 * @param shards parts that a sum is cut into
 */
public record OnTasks(int tasks, int shards) implements Placement {

  /**
   * What a sum costs that is added up in the task it came back to, in parts of one that changes
   * tasks, which is written to a buffer and read back as well. Assumed, not measured by itself:
   * {@code bench loop --plan} measures whole steps, and fits them with this share as it is.
   */
  static final double LOCAL = 1.0 / 3;

  public OnTasks {
    if (tasks < 1 || shards < 1) {
      throw new IllegalArgumentException(
          tasks + " tasks and " + shards + " shards, must be at least 1 each");
    }
  }

  @Override
  public double sums(int level, int below, int nodes) {
    if (level == 1) {
      return nodes == 1
          ? LOCAL * ceil(below, Math.min(tasks, below)) + shuffled(Math.min(tasks, below), 1)
          : LOCAL * local(below, nodes);
    }
    // A task sends a sum for each node that it has slots of: neighbours share one at most.
    int incoming = level == 2 ? Math.min(below, nodes + Math.min(tasks, below) - 1) : below;
    return shuffled(incoming, nodes);
  }

  /** Slots of the busiest dispatch task, which splits no node of level 1. */
  private int local(int slots, int nodes) {
    return ceil(nodes, Math.min(tasks, nodes)) * ceil(slots, nodes);
  }

  private double shuffled(int incoming, int nodes) {
    long keys = (long) nodes * shards;
    long busiest = (keys + tasks - 1) / tasks;
    return (double) busiest / keys * incoming;
  }

  @Override
  public int hops(int level, int nodes) {
    return level == 1 && nodes > 1 ? 0 : 1;
  }

  /**
   * One per task. At level 1 n slots on more nodes k than tasks t come to ceil(k / t) x ceil(n / k)
   * sums, at least the ceil(n / t) of t nodes; with a single task to at least n, and the flat tree
   * is as good. Higher up a task takes in at least its t-th part of the sums, and of t nodes it
   * takes in no more than that.
   */
  @Override
  public int mostNodes(int slots) {
    return Math.min(tasks, slots);
  }

  /**
   * At level 1, as long as there are tasks enough, the fan-in alone is the load. Higher up a level
   * with as many nodes as the one below is only in the way.
   */
  @Override
  public int moreNodes(int level, int below, int nodes) {
    int most = mostNodes(level == 1 ? below : below - 1);
    if (nodes >= most) {
      return 0;
    }
    int more = level == 1 ? ceil(below, ceil(below, nodes) - 1) : nodes + 1;
    return more <= most ? more : 0;
  }

  private static int ceil(int count, int parts) {
    return (count + parts - 1) / parts;
  }
}
