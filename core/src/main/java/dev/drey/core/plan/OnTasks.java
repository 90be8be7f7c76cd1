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
   * tasks, which is written to a buffer and read back as well.
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

  private static int ceil(int count, int parts) {
    return (count + parts - 1) / parts;
  }
}
