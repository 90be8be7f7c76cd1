package dev.drey.core.plan;

/**
 * Every node is a function of its own and fetches its children's sums one after another, as in Feng
 * et al. (2018): a level takes as long as its largest fan-in.
 */
public record OnFunctions() implements Placement {

  @Override
  public double sums(int level, int below, int nodes) {
    int fanIn = (below + nodes - 1) / nodes;
    return fanIn;
  }

  @Override
  public int hops(int level, int nodes) {
    return 1;
  }
}
