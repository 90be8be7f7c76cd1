package dev.drey.core.plan;

/**
 * Placement in which every node is a function that fetches its children's sums one after another,
 * as in Feng et al. (2018): a level's time is proportional to its largest fan-in.
 */
public record OnFunctions() implements Placement {

  @Override
  public double sums(int level, int below, int nodes) {
    return fanIn(below, nodes);
  }

  @Override
  public int hops(int level, int nodes) {
    return 1;
  }

  @Override
  public int shards() {
    return 1;
  }

  /** A level in which every node has a single child is only in the way. */
  @Override
  public int mostNodes(int slots) {
    return fanIn(slots, 2);
  }

  /** The fewest nodes with a smaller fan-in; numbers in between have the same load. */
  @Override
  public int moreNodes(int level, int below, int nodes) {
    int smaller = fanIn(below, nodes) - 1;
    return smaller < 2 ? 0 : fanIn(below, smaller);
  }

  private static int fanIn(int below, int nodes) {
    return (below + nodes - 1) / nodes;
  }
}
