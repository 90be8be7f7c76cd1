package dev.drey.core.plan;

/**
 * Placement in which the nodes run in the parallel tasks of a dataflow, as in {@code
 * operators.loop}: the gradients that one task requested are added up in that task before the
 * network shuffle, and the nodes of each further level are distributed evenly over the tasks, by
 * one key per node and shard.
 *
 * @param tasks parallelism of every level
 * @param shards number of parts of a sum
 */
public record OnTasks(int tasks, int shards) implements Placement {

  /**
   * The cost of a sum that is added up in its own task, relative to one that is shuffled, which is
   * also serialized and deserialized. Assumed, not measured by itself: {@code bench loop --plan}
   * fits measured steps with this constant fixed.
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
    // A task sends one sum for each node of which it has slots; two neighbouring tasks share at
    // most one node.
    int incoming = level == 2 ? Math.min(below, nodes + Math.min(tasks, below) - 1) : below;
    return shuffled(incoming, nodes);
  }

  /** Slots of the busiest dispatch task, if no node of level 1 is split between tasks. */
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
   * One per task. At level 1, n slots on k nodes with k above the number of tasks t cause ceil(k /
   * t) x ceil(n / k) sums, at least the ceil(n / t) of t nodes; with a single task at least n, as
   * in the flat tree. At higher levels a task receives at least 1/t of the sums, and with t nodes
   * no more than that.
   */
  @Override
  public int mostNodes(int slots) {
    return Math.min(tasks, slots);
  }

  /**
   * At level 1 the load depends on the fan-in alone, as long as there are enough tasks. At higher
   * levels, a level with as many nodes as the one below only adds time.
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
