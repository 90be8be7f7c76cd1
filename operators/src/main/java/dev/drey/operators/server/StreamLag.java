package dev.drey.operators.server;

import dev.drey.core.stream.EndOffsetPoller;
import dev.drey.core.stream.EndOffsets;
import dev.drey.core.stream.Lag;
import dev.drey.operators.coordination.Progress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far the applied steps are behind each partition of a stream: as metrics at any time,
 * as reports once for each answer about the stream's ends. Used by the task's thread; metrics are
 * read by others.
 */
final class StreamLag implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final MetricGroup group;
  private final Supplier<Progress> progress;
  private final Consumer<LagReport> output;
  private final Set<String> measured = new HashSet<>();
  private final EndOffsetPoller poller;
  private long reported; // answers

  /**
   * Measures nothing before it is started.
   *
   * @param group of the operator
   * @param every between two questions about the ends
   * @param progress of the run
   * @param output of the reports
   */
  StreamLag(
      MetricGroup group,
      EndOffsets.Provider ends,
      Duration every,
      Supplier<Progress> progress,
      Consumer<LagReport> output) {
    this.group = group;
    this.progress = progress;
    this.output = output;
    this.poller = new EndOffsetPoller(ends, every, this::measure);
  }

  /**
   * Measures the lag from now on.
   *
   * @return null if the run has none
   */
  static @Nullable StreamLag start(
      MetricGroup group,
      ServerSettings.Reports settings,
      Supplier<Progress> progress,
      Consumer<LagReport> output) {
    EndOffsets.Provider ends = settings.ends();
    if (ends == null) {
      return null;
    }
    StreamLag lag = new StreamLag(group, ends, EVERY, progress, output);
    lag.start();
    return lag;
  }

  void start() {
    group.gauge("lag", (Gauge<Long>) () -> lag().total());
    poller.start();
  }

  private Lag lag() {
    return poller.lag(progress.get().intake());
  }

  /** Adds metrics of partitions that were not known; runs on the poller's thread. */
  private void measure(Map<String, Long> ends) {
    for (String partition : ends.keySet()) {
      if (measured.add(partition)) {
        group
            .addGroup("partition", partition)
            .gauge("lag", (Gauge<Long>) () -> lag().of(partition));
      }
    }
  }

  /** Reports the lag of each partition, if the ends were asked again since the last report. */
  void reportIfNew() {
    long answers = poller.answers();
    if (answers == reported) {
      return;
    }
    reported = answers;
    Progress now = progress.get();
    Lag lag = poller.lag(now.intake());
    new TreeMap<>(poller.ends())
        .forEach(
            (partition, end) ->
                output.accept(
                    new LagReport(
                        now.version(),
                        now.millis() / MILLIS_PER_SECOND,
                        partition,
                        end,
                        lag.of(partition))));
  }

  @Override
  public void close() {
    poller.close();
  }
}
