package dev.drey.core.plan;

import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * What is trained, whatever it is trained with. A step averages over as many examples with any
 * number of workers, which share them out, so that all plans compute the same.
 *
 * @param flopsPerExample operations of a gradient, above 0
 * @param vectorBytes of the flat parameter vector, at least 1
 * @param examplesPerStep at least 1
 * @param examplesPerEpoch at least as many
 * @param leastMemoryMb the least memory size that a worker gets through with, by how many examples
 *     its gradient is over
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
   * @param evaluation examples that a worker evaluates at a time, 0 if it never does
   * @param dataBytes of the data sets that a worker keeps
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

  /** Examples of the fullest slot's gradient, among so many slots. */
  public int miniBatch(int slots) {
    return ceil(examplesPerStep, slots);
  }

  /** The fewest workers whose mini-batches are at most so large. */
  int leastWorkers(int miniBatch) {
    return ceil(examplesPerStep, miniBatch);
  }

  private static int ceil(int count, int parts) {
    return (int) (((long) count + parts - 1) / parts);
  }

  /** Operations of an epoch: the f of Feng et al. (2018). */
  public double flopsPerEpoch() {
    return flopsPerExample * examplesPerEpoch;
  }
}
