package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.parameters.Range;
import dev.drey.operators.Sums;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RunMetricsTest {

  private final TestingClock clock = new TestingClock();
  private final RunReporter reporter = TestingReporter.open(clock, new TestingOutput());
  private final Group group = new Group();

  @Test
  void everyMetricOfARunHasItsName() {
    register(0.25);

    assertThat(group.gauges.keySet())
        .containsExactly(
            "accuracy",
            "billedMillis",
            "checkpointLagMillis",
            "checkpointLagSteps",
            "coldStarts",
            "dollars",
            "dollarsLeft",
            "drifts",
            "droppedFaulty",
            "droppedLate",
            "droppedNotFinite",
            "examples",
            "freshnessMillis",
            "invocations",
            "loss",
            "predictedStepMicros",
            "prequentialAccuracy",
            "prequentialError",
            "prequentialLoss",
            "putBack",
            "replayed",
            "step",
            "stepMicros",
            "testAccuracy",
            "testLoss");
    assertThat(group.meters.keySet()).containsExactly("examplesPerSecond");
  }

  @Test
  void aPredictionThatIsUnknownIsNoMetric() {
    register(Double.NaN);

    assertThat(group.gauges).doesNotContainKey("predictedStepMicros");
  }

  @Test
  void gaugesShowThePresentValue() {
    register(0.25);

    reporter.applied(Sums.root(0, new Range(0, 2), 4, 0, 0));

    assertThat(group.value("step")).isEqualTo(1L);
    assertThat(group.value("examples")).isEqualTo(4L);
    assertThat(group.value("loss")).isEqualTo(0.5);
    assertThat(group.value("dollars")).isEqualTo(40.0);
    assertThat(group.value("dollarsLeft")).isEqualTo(0.0); // of ten
    assertThat(group.value("predictedStepMicros")).isEqualTo(250_000.0);
    assertThat(group.value("checkpointLagSteps")).isEqualTo(1L);
    assertThat(group.value("droppedLate")).isEqualTo(0L);
  }

  private void register(double predictedStepSeconds) {
    RunMetrics.register(
        group,
        reporter,
        new DriftWatch(null, 0, null),
        TestingReporter.POLICY.budget(),
        predictedStepSeconds);
  }

  /** Keeps what is registered. */
  private static final class Group extends UnregisteredMetricsGroup {

    private final Map<String, Gauge<?>> gauges = new TreeMap<>();
    private final Map<String, Meter> meters = new TreeMap<>();

    Object value(String name) {
      return gauges.get(name).getValue();
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
      meters.put(name, meter);
      return meter;
    }
  }
}
