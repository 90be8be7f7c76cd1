package dev.drey.job.prepare;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.util.ArrayList;
import java.util.List;

/** What a run is trained on, found and checked against its network: a data set, or a stream. */
public sealed interface PreparedInput permits PreparedData, PreparedStream {

  /**
   * Opens the data that the specification names, and checks that the run's outputs can be written.
   *
   * @throws SpecificationException if something is missing, or the network does not fit; each fault
   *     with its key
   * @throws InterruptedException while it waits for brokers
   */
  static PreparedInput open(RunSpecification specification)
      throws SpecificationException, InterruptedException {
    PartitionLookup topics = PartitionLookup.FROM_BROKERS;
    List<Fault> faults = new ArrayList<>();
    PreparedInput input = null;
    try {
      input =
          specification.stream().isPresent()
              ? new StreamDataCheck(specification, topics).run()
              : PreparedData.open(specification);
    } catch (SpecificationException e) {
      faults.addAll(e.faults());
    }
    faults.addAll(new OutputCheck(specification, topics).faults());
    if (input == null || !faults.isEmpty()) {
      throw new SpecificationException(faults.stream().distinct().toList());
    }
    return input;
  }

  /** The network, with the shape of the data as its input. */
  NetworkSpec network();

  /** The memory that a worker needs. */
  WorkerMemory memory();

  /** The network, and what is known of the data, for planning. */
  BoundNetwork bound(RunSpecification specification);

  /**
   * The specification, completed from the data with the input's shape and the numbers of a standard
   * normalization, so that the model can be used without the data.
   */
  RunSpecification resolved(RunSpecification specification);

  /** Steps between two evaluations; 0 for no evaluations. */
  long evaluateEvery(RunSpecification specification);
}
