package dev.drey.job.metric;

import java.util.Map;

/**
 * The metrics of a running job at one moment.
 *
 * @param sums of each metric over the operator's tasks; keys are operator and metric: {@code
 *     dispatch.invocations}
 * @param means of each metric over the operator's tasks
 */
public record MetricSample(Map<String, Double> sums, Map<String, Double> means) {

  public static final String STEP = "parameter_server.step";
  public static final String INVOCATIONS = "dispatch.invocations";

  public MetricSample {
    sums = Map.copyOf(sums);
    means = Map.copyOf(means);
  }

  /** Number of applied steps; 0 while not known. */
  public long step() {
    return sums.getOrDefault(STEP, 0.0).longValue();
  }

  /** Whether steps were applied after the other sample. */
  public boolean isAfter(MetricSample other) {
    return step() > other.step() && sum(INVOCATIONS) > other.sum(INVOCATIONS);
  }

  public double sum(String metric) {
    return sums.getOrDefault(metric, 0.0);
  }

  public double mean(String metric) {
    return means.getOrDefault(metric, 0.0);
  }

  /** The sum of a metric over all operators that have it. */
  public double sumOfAll(String metric) {
    return sums.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("." + metric))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
