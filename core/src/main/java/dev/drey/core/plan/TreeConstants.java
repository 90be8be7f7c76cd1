package dev.drey.core.plan;

/**
 * What aggregation costs by the size of what is added up. A sum over the whole vector takes bytes /
 * rate and a message for each of its shards; a hop takes its own time and that of its bytes.
 *
 * @param perMessage seconds to take in one shard of one sum, whatever its size, at least 0
 * @param bytesPerSecond of sums that one task takes in and adds up; above 0
 * @param hop of a sum from one process to the next
 */
public record TreeConstants(double perMessage, double bytesPerSecond, Transfer hop) {

  public TreeConstants {
    Check.atLeastZero("seconds per message", perMessage);
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "bytes per second is " + bytesPerSecond + ", must be above 0");
    }
  }

  /** With hops that take so many seconds, whatever the size. */
  public TreeConstants(double perMessage, double bytesPerSecond, double perHop) {
    this(perMessage, bytesPerSecond, Transfer.fixed(perHop));
  }

  /**
   * The model of a step for vectors of one size.
   *
   * @param base seconds of all but the tree, 0 for the tree's alone
   * @param vectorBytes of a sum, at least 1
   * @param placement where the nodes run
   */
  public StepModel model(double base, long vectorBytes, Placement placement) {
    Check.atLeast(1, "bytes of the vector", vectorBytes);
    return new StepModel(
        base,
        (double) vectorBytes / bytesPerSecond + placement.shards() * perMessage,
        hop.seconds((double) vectorBytes),
        placement);
  }
}
