package dev.drey.job.prepare;

import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.Split;
import dev.drey.core.data.StepPlan;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;

/**
 * A run's data, opened, checked against its network, and divided.
 *
 * @param network with the input that the data have
 * @param training the data set with the training rows
 * @param test the data set with the held-out rows: the same, or another
 * @param normalization of the features of both
 * @param split row numbers of {@code training} and of {@code test}
 * @param memory that a worker needs
 */
public record PreparedData(
    NetworkSpec network,
    DataSource training,
    DataSource test,
    Normalization normalization,
    Split split,
    WorkerMemory memory)
    implements PreparedInput {

  /**
   * Opens the data of a run. Holds one data set in memory at a time, and none afterwards.
   *
   * @throws SpecificationException if a file is missing or damaged, a value is not finite, a label
   *     out of range, or the network does not fit; each fault with its key
   */
  public static PreparedData open(RunSpecification specification) throws SpecificationException {
    return new DataCheck(specification).run();
  }

  @Override
  public BoundNetwork bound(RunSpecification specification) {
    return new BoundNetwork(
        network,
        split.train().length,
        memory.data(),
        specification.workers().share(split.test().length));
  }

  @Override
  public RunSpecification resolved(RunSpecification specification) {
    return specification.withInput(network.input()).withNormalization(normalization);
  }

  @Override
  public long evaluateEvery(RunSpecification specification) {
    return split.test().length == 0 ? 0 : plan(specification).stepsPerEpoch();
  }

  /** The plan of the run's steps. */
  public StepPlan plan(RunSpecification specification) {
    return new StepPlan(
        new StepPlan.Settings(
            split.train(),
            split.test(),
            specification.workers().count(),
            specification.training().miniBatch(),
            specification.training().seed(),
            specification.training().length()));
  }
}
