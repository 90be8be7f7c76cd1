package dev.drey.job.metric;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the time of a step is spent: milliseconds of each stage, a mean over slots and steps,
 * including a share for evaluations. The times within the metrics are exact, but samples of two
 * operators may be up to a second apart; so each time is divided by the invocations or steps of the
 * same operator.
 *
 * @param millis of each stage
 */
public record StepAccount(Map<StepStage, Double> millis) {

  public StepAccount {
    millis = Map.copyOf(millis);
  }

  /**
   * The shape of the loop.
   *
   * @param slots of a step
   * @param shards of the parameter server
   * @param stepsPerEpoch steps between two evaluations; 0 without evaluations
   */
  public record Shape(int slots, int shards, long stepsPerEpoch) {

    private double roundsPerStep() {
      return stepsPerEpoch == 0 ? 1 : 1 + 1.0 / stepsPerEpoch;
    }
  }

  /**
   * Computes the account of the time between two samples.
   *
   * @param millisPerStep wall-clock time of a step between the two samples
   */
  public static StepAccount between(
      MetricSample first, MetricSample last, double millisPerStep, Shape shape) {
    double steps = last.step() - first.step();
    double invocations = last.sum(MetricSample.INVOCATIONS) - first.sum(MetricSample.INVOCATIONS);
    if (steps < 1 || invocations < 1) {
      throw new IllegalArgumentException(
          steps + " steps and " + invocations + " invocations were sampled, must be at least 1");
    }
    // From microseconds of all invocations to milliseconds per slot and step.
    double perStep = shape.roundsPerStep() / invocations / 1000;
    double permit = difference("permitMicros", first, last) * perStep;
    double call = difference("invocationMicros", first, last) * perStep;
    double worker = difference("workerMicros", first, last) * perStep;
    double compute = difference("computeMicros", first, last) * perStep;
    double held =
        (last.sumOfAll("heldMicros") - first.sumOfAll("heldMicros"))
            / (steps * shape.slots * shape.shards * 1000);
    double apply = mean("parameter_server.applyMicros", first, last) / steps / 1000;
    double publish = mean("parameter_server.publishMicros", first, last) / steps / 1000;
    Map<StepStage, Double> millis = new EnumMap<>(StepStage.class);
    millis.put(StepStage.PERMIT, permit);
    millis.put(StepStage.CALL, call - worker);
    millis.put(StepStage.WORKER, worker - compute);
    millis.put(StepStage.COMPUTE, compute);
    millis.put(StepStage.SLOWEST, held);
    millis.put(StepStage.APPLY, apply);
    millis.put(StepStage.PUBLISH, publish);
    millis.put(StepStage.FLINK, millisPerStep - (permit + call + held + apply + publish));
    return new StepAccount(millis);
  }

  private static double difference(String metric, MetricSample first, MetricSample last) {
    return last.sum("dispatch." + metric) - first.sum("dispatch." + metric);
  }

  private static double mean(String metric, MetricSample first, MetricSample last) {
    return last.mean(metric) - first.mean(metric);
  }

  /** The mean of several accounts, stage by stage. */
  public static StepAccount mean(Collection<StepAccount> accounts) {
    Map<StepStage, Double> means = new EnumMap<>(StepStage.class);
    for (StepStage stage : StepStage.values()) {
      means.put(
          stage, accounts.stream().mapToDouble(a -> a.millis.get(stage)).average().orElseThrow());
    }
    return new StepAccount(means);
  }

  public double total() {
    return millis.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
