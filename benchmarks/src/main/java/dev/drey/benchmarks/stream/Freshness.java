package dev.drey.benchmarks.stream;

import dev.drey.benchmarks.measure.CsvFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How old records were when a version was published whose weights had seen them. A step reports the
 * ages of its oldest and its newest record only. So there are two bounds: one takes every record of
 * a step to be as old as the oldest, the other as the newest.
 *
 * @param oldest milliseconds, if every record were as old as the oldest of its step
 * @param newest milliseconds, if every record were as old as the newest of its step
 * @param records that were counted
 */
record Freshness(Quantiles oldest, Quantiles newest, long records) {

  /** The median, and what 99 of 100 records do not exceed. */
  record Quantiles(double p50, double p99) {}

  private record Aged(double millis, double records) {}

  /**
   * The freshness of the steps after some time.
   *
   * @param curve of a stream
   * @param fromSeconds of the run; what comes before is warm-up
   * @throws IOException if there is no record after it
   */
  static Freshness of(CsvFile curve, double fromSeconds) throws IOException {
    double[] seconds = curve.values("seconds");
    double[] examples = curve.values("examples");
    double[] oldest = curve.values("oldest_ms");
    double[] newest = curve.values("newest_ms");
    List<Aged> atMost = new ArrayList<>();
    List<Aged> atLeast = new ArrayList<>();
    double records = 0;
    for (int i = 1; i < seconds.length; i++) {
      double added = examples[i] - examples[i - 1];
      if (seconds[i] >= fromSeconds && added > 0 && !Double.isNaN(oldest[i])) {
        atMost.add(new Aged(oldest[i], added));
        atLeast.add(new Aged(newest[i], added));
        records += added;
      }
    }
    if (atMost.isEmpty()) {
      throw new IOException(curve.file() + " has no records after " + fromSeconds + " s");
    }
    return new Freshness(quantiles(atMost, records), quantiles(atLeast, records), (long) records);
  }

  private static Quantiles quantiles(List<Aged> aged, double records) {
    aged.sort(Comparator.comparingDouble(Aged::millis));
    return new Quantiles(quantile(aged, 0.5 * records), quantile(aged, 0.99 * records));
  }

  /** The age that so many records do not exceed. */
  private static double quantile(List<Aged> sorted, double rank) {
    double below = 0;
    for (Aged each : sorted) {
      below += each.records;
      if (below >= rank) {
        return each.millis;
      }
    }
    return sorted.get(sorted.size() - 1).millis;
  }
}
