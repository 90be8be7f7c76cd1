package dev.drey.core.aggregation;

import dev.drey.core.parameters.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Which slots a dispatch task serves, so that it can add up as much as possible before the network
 * shuffle. Slots are assigned in units that are never split between tasks: the nodes of level 1,
 * or, in a flat structure, the parts of its one node that the merge tree adds up first.
 */
public final class Shares {

  /** The smallest number of units of a flat structure, if it has as many slots. */
  private static final int FLAT_UNITS = 16;

  private final Structure structure;
  private final MergeTree tree;
  private final List<Range> units;

  public Shares(Structure structure) {
    this.structure = structure;
    this.tree = new MergeTree(structure);
    this.units = structure.levels() == 1 ? flatUnits() : levelOneNodes();
  }

  /** The units, in slot order. More dispatch tasks than units would be idle. */
  public List<Range> units() {
    return units;
  }

  /**
   * The task, in [0, tasks), that serves each unit. Units are assigned in order, so that tasks have
   * about equally many slots, and every task has a unit if there are enough of them.
   */
  public int[] tasks(int tasks) {
    int[] assigned = new int[units.size()];
    int unit = 0;
    for (int task = 0; task < tasks && unit < assigned.length; task++) {
      int most =
          Math.max(unit + 1, assigned.length - (tasks - task - 1)); // the other tasks get one each
      long border = (long) structure.slots() * (task + 1) / tasks;
      do {
        assigned[unit++] = task;
      } while (unit < most && (task == tasks - 1 || twiceTheMiddle(unit) <= 2 * border));
    }
    return assigned;
  }

  private long twiceTheMiddle(int unit) {
    return (long) units.get(unit).from() + units.get(unit).to();
  }

  /**
   * The lowest level whose sums arrive through the network: levels below are added up in the task.
   */
  public int firstShuffledLevel() {
    return Math.min(2, structure.levels());
  }

  /**
   * The sums that a task sends on, once each is complete: the largest parts of the merge tree that
   * lie within the task's slots and within one node of the {@linkplain #firstShuffledLevel first
   * shuffled level}.
   */
  public List<Range> targets(int task, int tasks) {
    Range mine = slots(task, tasks);
    List<Range> targets = new ArrayList<>();
    int level = firstShuffledLevel();
    for (int node = 0; node < structure.nodes(level); node++) {
      collect(tree.node(structure.slots(level, node)), mine, targets);
    }
    return List.copyOf(targets);
  }

  private Range slots(int task, int tasks) {
    int[] assigned = tasks(tasks);
    int from = Integer.MAX_VALUE;
    int to = 0;
    for (int unit = 0; unit < assigned.length; unit++) {
      if (assigned[unit] == task) {
        from = Math.min(from, units.get(unit).from());
        to = Math.max(to, units.get(unit).to());
      }
    }
    return from > to ? new Range(0, 0) : new Range(from, to);
  }

  private static void collect(MergeTree.Node node, Range mine, List<Range> targets) {
    if (mine.contains(node.slots())) {
      targets.add(node.slots());
    } else if (node.left() != null
        && node.right() != null
        && node.slots().from() < mine.to()
        && mine.from() < node.slots().to()) {
      collect(node.left(), mine, targets);
      collect(node.right(), mine, targets);
    }
  }

  private List<Range> levelOneNodes() {
    List<Range> nodes = new ArrayList<>();
    for (int node = 0; node < structure.nodes(1); node++) {
      nodes.add(structure.slots(1, node));
    }
    return List.copyOf(nodes);
  }

  private List<Range> flatUnits() {
    List<MergeTree.Node> parts = List.of(tree.node(new Range(0, structure.slots())));
    while (parts.size() < Math.min(FLAT_UNITS, structure.slots())) {
      List<MergeTree.Node> halves = new ArrayList<>();
      for (MergeTree.Node part : parts) {
        if (part.left() == null || part.right() == null) {
          halves.add(part);
        } else {
          halves.add(part.left());
          halves.add(part.right());
        }
      }
      parts = halves;
    }
    return parts.stream().map(MergeTree.Node::slots).toList();
  }
}
