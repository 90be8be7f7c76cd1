package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;

/**
 * A linear model of a step's time by the structure of its tree: T = base + perSum x sums + perHop x
 * hops, summed over all levels. With {@link OnFunctions} it is the model fitted to the measurements
 * of Feng et al. (2018), T = c + a sum(fan-in) + b levels.
 *
 * @param base seconds that are the same for every structure, at least 0
 * @param perSum seconds to receive and add one sum of the whole parameter vector, at least 0
 * @param perHop seconds to send a sum to another process, at least 0
 * @param placement where the nodes run
 */
public record StepModel(double base, double perSum, double perHop, Placement placement) {

  public StepModel {
    Check.atLeastZero("seconds of the base", base);
    Check.atLeastZero("seconds per sum", perSum);
    Check.atLeastZero("seconds per hop", perHop);
  }

  /** Seconds of a step with this structure. */
  public double seconds(Structure structure) {
    return base + perSum * sums(structure) + perHop * hops(structure);
  }

  /** Seconds that one level adds to a step. */
  public double seconds(int level, int below, int nodes) {
    return perSum * placement.sums(level, below, nodes) + perHop * placement.hops(level, nodes);
  }

  /** The sums on the critical path up the tree, the factor of {@link #perSum}. */
  public double sums(Structure structure) {
    double sums = 0;
    for (int level = 1; level <= structure.levels(); level++) {
      sums += placement.sums(level, structure.nodes(level - 1), structure.nodes(level));
    }
    return sums;
  }

  /** The hops on the critical path up the tree, the factor of {@link #perHop}. */
  public double hops(Structure structure) {
    double hops = 0;
    for (int level = 1; level <= structure.levels(); level++) {
      hops += placement.hops(level, structure.nodes(level));
    }
    return hops;
  }
}
