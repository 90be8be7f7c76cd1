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
   * Opens what the specification asks for, and sees to it that what comes out has a place to go.
   *
   * @throws SpecificationException if something is not there, or the network does not fit; each
   *     fault with its key
   * @throws InterruptedException while brokers are asked
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

  /** With the input that the data have. */
  NetworkSpec network();

  /** That a worker needs. */
  WorkerMemory memory();

  /** The network, and what is known of the data, for planning. */
  BoundNetwork bound(RunSpecification specification);

  /**
   * The specification with what was learnt from the data written into it, so that the model can be
   * used without them: the input's shape and the numbers of a standard normalization.
   */
  RunSpecification resolved(RunSpecification specification);

  /** Steps from one evaluation to the next; 0 for none. */
  long evaluateEvery(RunSpecification specification);
}
