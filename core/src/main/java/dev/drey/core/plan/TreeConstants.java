package dev.drey.core.plan;

/**
 * The constants of aggregation, from which {@link #model} derives the time for vectors of one size.
 * A sum of the whole vector takes bytes / rate, plus one message per shard; a hop takes the time of
 * a transfer.
 *
 * @param perMessage seconds to receive one shard of one sum, regardless of size, at least 0
 * @param bytesPerSecond rate at which one task receives and adds sums, above 0
 * @param hop transfer of a sum to another process
 */
public record TreeConstants(double perMessage, double bytesPerSecond, Transfer hop) {

  public TreeConstants {
    Check.atLeastZero("seconds per message", perMessage);
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "bytes per second is " + bytesPerSecond + ", must be above 0");
    }
  }

  /** Constants with hops of a fixed time. */
  public TreeConstants(double perMessage, double bytesPerSecond, double perHop) {
    this(perMessage, bytesPerSecond, Transfer.fixed(perHop));
  }

  /**
   * The time model of a step for vectors of one size.
   *
   * @param base seconds of everything but the tree; 0 for a model of the tree alone
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
