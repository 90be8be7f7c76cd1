package dev.drey.operators.server;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a task of the parameter server counts.
 *
 * @param duplicates sums that came again
 * @param applyMicros spent on applying steps, microseconds
 * @param publishMicros spent on publishing versions, microseconds
 */
record TaskCounters(Counter duplicates, Counter applyMicros, Counter publishMicros) {

  private static final int NANOS_PER_MICRO = 1000;

  static TaskCounters of(MetricGroup group) {
    return new TaskCounters(
        group.counter("droppedDuplicate"),
        group.counter("applyMicros"),
        group.counter("publishMicros"));
  }

  /**
   * Adds the time since a start.
   *
   * @param startNanos by {@link System#nanoTime}
   */
  static void addSince(long startNanos, Counter micros) {
    micros.inc((System.nanoTime() - startNanos) / NANOS_PER_MICRO);
  }
}
