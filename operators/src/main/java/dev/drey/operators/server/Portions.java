package dev.drey.operators.server;

import dev.drey.core.network.Statistic;
import dev.drey.core.parameters.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a shard is trained and what is averaged, by indices that count from the shard's first
 * parameter. Together they are all of it; a statistic may go on in the next shard.
 *
 * @param trained in ascending order, none empty
 * @param statistics in ascending order, none empty
 */
record Portions(List<Range> trained, List<Statistic> statistics) {

  /**
   * Divides a shard.
   *
   * @param shard its range of the flat vector
   * @param statistics of the whole vector, in ascending order
   */
  static Portions of(Range shard, List<Statistic> statistics) {
    List<Range> trained = new ArrayList<>();
    List<Statistic> averaged = new ArrayList<>();
    int done = 0;
    for (Statistic statistic : statistics) {
      Range common = shard.intersection(statistic.range());
      if (common.length() > 0) {
        Range own = new Range(common.from() - shard.from(), common.to() - shard.from());
        averaged.add(new Statistic(own, statistic.momentum()));
        addUnlessEmpty(trained, new Range(done, own.from()));
        done = own.to();
      }
    }
    addUnlessEmpty(trained, new Range(done, shard.length()));
    return new Portions(trained, averaged);
  }

  private static void addUnlessEmpty(List<Range> ranges, Range range) {
    if (range.length() > 0) {
      ranges.add(range);
    }
  }
}
