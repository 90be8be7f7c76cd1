package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.EndOffsets;
import dev.drey.core.stream.Intake;
import dev.drey.operators.coordination.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamLagTest {

  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
  private final List<LagReport> reports = new ArrayList<>();
  private volatile Progress progress = Progress.NONE;

  /** Keeps gauges by their names. */
  private final class Gauges extends UnregisteredMetricsGroup {
    private final String prefix;

    Gauges(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(prefix + name, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Gauges(prefix + key + "." + value + ".");
    }
  }

  private static final class Ends implements EndOffsets {
    private final Map<String, Long> ends;

    Ends(Map<String, Long> ends) {
      this.ends = ends;
    }

    @Override
    public Map<String, Long> ends() {
      return new TreeMap<>(ends);
    }

    @Override
    public Map<String, Long> starts() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  private static Progress reached(long version, Map<String, Long> offsets) {
    Map<String, Intake.PartitionIntake> partitions = new TreeMap<>();
    offsets.forEach(
        (partition, next) ->
            partitions.put(partition, new Intake.PartitionIntake(next, next, 0, 0, new byte[0])));
    Progress none = Progress.NONE;
    return new Progress(
        version,
        none.totals(),
        none.last(),
        0,
        none.evaluation(),
        2500,
        none.account(),
        new Intake(partitions, null),
        none.extraCost(),
        none.times());
  }

  private Object value(String gauge) {
    return gauges.get(gauge).getValue();
  }

  @Test
  void theLagOfEachPartitionIsMeasuredAndReportedOncePerAnswer() {
    ends.putAll(Map.of("a-0", 100L, "a-1", 500L));
    progress = reached(7, Map.of("a-0", 90L, "a-1", 100L));
    try (StreamLag lag =
        new StreamLag(
            new Gauges(""),
            () -> new Ends(ends),
            Duration.ofHours(1),
            () -> progress,
            reports::add)) {
      lag.reportIfNew();
      assertThat(reports).isEmpty();
      lag.start();
      while (!gauges.containsKey("partition.a-1.lag")) {
        LockSupport.parkNanos(1_000_000);
      }
      while (reports.isEmpty()) {
        lag.reportIfNew();
      }
      lag.reportIfNew();

      assertThat(reports)
          .containsExactly(
              new LagReport(7, 2.5, "a-0", 100, 10), new LagReport(7, 2.5, "a-1", 500, 400));
      assertThat(value("lag")).isEqualTo(410L);
      assertThat(value("partition.a-1.lag")).isEqualTo(400L);

      progress = reached(8, Map.of("a-0", 100L, "a-1", 450L)); // metrics are of this moment
      assertThat(value("partition.a-1.lag")).isEqualTo(50L);
      assertThat(value("partition.a-0.lag")).isEqualTo(0L);
    }
  }
}
