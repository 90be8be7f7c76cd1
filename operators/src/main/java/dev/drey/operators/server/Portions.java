package dev.drey.operators.server;

import dev.drey.core.network.Statistic;
import dev.drey.core.parameters.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters of a shard are trained and which are averaged, by indices relative to the shard.
 * Every parameter is in one of the ranges; a statistic may extend over several shards.
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
