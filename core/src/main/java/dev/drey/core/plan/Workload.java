package dev.drey.core.plan;

import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * What is trained, independent of the plan. A step averages over the same number of examples with
 * any number of workers, among which they are divided, so that all plans compute the same.
 *
 * @param flopsPerExample floating-point operations of the gradient of one example, above 0
 * @param vectorBytes of the flat parameter vector, at least 1
 * @param examplesPerStep at least 1
 * @param examplesPerEpoch at least {@code examplesPerStep}
 * @param leastMemoryMb the least memory size of a worker, MB, by the size of its mini-batch
 */
public record Workload(
    double flopsPerExample,
    long vectorBytes,
    int examplesPerStep,
    long examplesPerEpoch,
    IntUnaryOperator leastMemoryMb) {

  public Workload {
    Check.aboveZero("FLOP per example", flopsPerExample);
    Check.atLeast(1, "bytes of the vector", vectorBytes);
    Check.atLeast(1, "examples per step", examplesPerStep);
    if (examplesPerEpoch < examplesPerStep) {
      throw new IllegalArgumentException(
          "an epoch has "
              + examplesPerEpoch
              + " examples, must be at least as many as a step's "
              + examplesPerStep);
    }
  }

  /**
   * The workload of a network.
   *
   * @param evaluation most examples that a worker evaluates in one request, 0 if there are no
   *     evaluations
   * @param dataBytes size of the data sets that a worker caches
   */
  public static Workload of(
      NetworkSpec network,
      int examplesPerStep,
      long examplesPerEpoch,
      int evaluation,
      long dataBytes) {
    NetworkCost cost = NetworkCost.of(network);
    IntFunction<WorkerMemory> memory = WorkerMemory.byMiniBatch(network, evaluation, dataBytes);
    return new Workload(
        cost.trainingFlops(),
        cost.vectorBytes(),
        examplesPerStep,
        examplesPerEpoch,
        miniBatch -> Math.toIntExact(memory.apply(miniBatch).totalMb()));
  }

  /** Examples of the largest mini-batch, with so many slots. */
  public int miniBatch(int slots) {
    return ceil(examplesPerStep, slots);
  }

  /** The fewest workers with mini-batches of at most this size. */
  int leastWorkers(int miniBatch) {
    return ceil(examplesPerStep, miniBatch);
  }

  private static int ceil(int count, int parts) {
    return (int) (((long) count + parts - 1) / parts);
  }

  /** Floating-point operations of an epoch: f in Feng et al. (2018). */
  public double flopsPerEpoch() {
    return flopsPerExample * examplesPerEpoch;
  }
}
