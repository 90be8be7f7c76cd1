package dev.drey.job.cli;

import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.job.prepare.BoundNetwork;
import dev.drey.job.specification.RunSpecification;

/**
 * The sizes and costs of a network.
 *
 * @param cost of its layers
 * @param miniBatch of the specification
 * @param memory that a worker needs for this mini-batch
 * @param least the same with a mini-batch of one example
 * @param memoryMb that the specification gives a worker
 */
record Inspection(
    NetworkSpec network,
    NetworkCost cost,
    int miniBatch,
    WorkerMemory memory,
    WorkerMemory least,
    long memoryMb) {

  static Inspection of(RunSpecification specification, BoundNetwork bound) {
    NetworkSpec network = bound.network();
    int miniBatch = specification.training().miniBatch();
    long data = bound.dataBytes();
    WorkerMemory needed = WorkerMemory.of(network, miniBatch, bound.evaluation(), data);
    return new Inspection(
        network,
        NetworkCost.of(network),
        miniBatch,
        needed,
        WorkerMemory.of(network, 1, bound.evaluation(), data),
        specification.withTheUsual(needed).workers().memoryMb());
  }
}
