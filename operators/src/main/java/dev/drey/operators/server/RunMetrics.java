package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Tally;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.metric.MetricName;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a whole run, under one task of the parameter server. */
final class RunMetrics {

  /** That a rate is the mean of: a multiple of the 5 s in which Flink updates it. */
  private static final int RATE_SECONDS = 10;

  private static final double MICROS_PER_SECOND = 1e6;

  private final MetricGroup group;
  private final RunReporter reporter;

  private RunMetrics(MetricGroup group, RunReporter reporter) {
    this.group = group;
    this.reporter = reporter;
  }

  /**
   * Registers them.
   *
   * @param watch of the first shard
   * @param budget of the run
   * @param predictedStepSeconds how long a step should take; NaN if unknown
   */
  static void register(
      MetricGroup group,
      RunReporter reporter,
      DriftWatch watch,
      Budget budget,
      double predictedStepSeconds) {
    RunMetrics metrics = new RunMetrics(group, reporter);
    metrics.progress();
    metrics.totals();
    metrics.errors();
    metrics.times(predictedStepSeconds);
    metrics.dollars(budget);
    metrics.gauge("drifts", watch::drifts);
  }

  private <T> void gauge(String name, Supplier<T> value) {
    Gauge<T> gauge = value::get;
    group.gauge(name, gauge);
  }

  private void total(String name, ToLongFunction<Tally> part) {
    gauge(name, () -> part.applyAsLong(reporter.progress().totals()));
  }

  private void progress() {
    gauge("step", () -> reporter.progress().version());
    gauge("loss", () -> reporter.progress().last().loss());
    gauge("accuracy", () -> reporter.progress().last().accuracy());
    gauge("testLoss", () -> reporter.progress().evaluation().loss());
    gauge("testAccuracy", () -> reporter.progress().evaluation().accuracy());
  }

  private void totals() {
    total("examples", Tally::examples);
    total("replayed", Tally::replayed);
    total("invocations", Tally::invocations);
    total("coldStarts", Tally::coldStarts);
    total("billedMillis", Tally::billedMillis);
    group.meter("examplesPerSecond", new MeterView(reporter.trained(), RATE_SECONDS));
    for (DropReason reason : DropReason.values()) {
      gauge(
          MetricName.of("dropped", reason),
          () -> reporter.progress().account().dropped().of(reason));
    }
    gauge("putBack", () -> reporter.progress().account().putBack());
  }

  private void errors() {
    gauge("prequentialLoss", () -> reporter.window().loss());
    gauge("prequentialAccuracy", () -> reporter.window().accuracy());
    gauge("prequentialError", () -> reporter.window().absoluteError());
  }

  private void times(double predictedStepSeconds) {
    gauge("stepMicros", reporter.timer()::recentMicros);
    if (!Double.isNaN(predictedStepSeconds)) {
      gauge("predictedStepMicros", () -> predictedStepSeconds * MICROS_PER_SECOND);
    }
    gauge("freshnessMillis", () -> reporter.ages().oldestMillis());
    gauge("checkpointLagSteps", () -> reporter.lag().steps(reporter.progress().version()));
    gauge("checkpointLagMillis", reporter.lag()::millis);
  }

  private void dollars(Budget budget) {
    gauge("dollars", reporter::dollars);
    if (Double.isFinite(budget.dollars())) {
      gauge("dollarsLeft", () -> Math.max(0, budget.dollars() - reporter.dollars()));
    }
  }
}
