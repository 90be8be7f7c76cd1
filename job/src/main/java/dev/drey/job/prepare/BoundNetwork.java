package dev.drey.job.prepare;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.network.NetworkSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A specification's network with the shape of its input, for planning.
 *
 * @param trainingRows examples of an epoch; 0 if the data do not exist
 * @param dataBytes size of the data in memory; 0 if they do not exist
 * @param evaluation examples of a slot's evaluation; 0 if the data do not exist
 */
public record BoundNetwork(NetworkSpec network, int trainingRows, long dataBytes, int evaluation) {

  /**
   * Reads the data, if they exist, only to learn their shape. The shape of a stream's examples is
   * in the specification; no broker is asked.
   *
   * @throws SpecificationException if the network does not fit the data, or the shape of its input
   *     is unknown
   */
  public static BoundNetwork of(RunSpecification specification) throws SpecificationException {
    if (specification.stream().isPresent()) {
      return ofStream(specification);
    }
    NetworkSettings network = specification.network();
    DataFiles files = DataFiles.training(specification.dataSet());
    try {
      DataSet data = DataSets.read(files.source());
      NetworkSpec bound = network.bind(List.of(data.width()));
      if (bound.inputWidth() != data.width()) {
        throw new SpecificationException(
            List.of(
                Fault.of(
                    "network.input",
                    "%s is %d values, an example of %s has %d"
                        .formatted(bound.input(), bound.inputWidth(), data.name(), data.width()))));
      }
      Optional<Double> fraction = specification.dataSet().test().fraction();
      long bytes = data.bytes();
      int testRows = (int) Math.ceil(data.rows() * fraction.orElse(0.0));
      int trainingRows = fraction.isPresent() ? data.rows() - testRows : data.rows();
      if (fraction.isEmpty()) {
        DataSet test = DataSets.read(DataFiles.test(specification.dataSet()).source());
        bytes += test.bytes();
        testRows = test.rows();
      }
      return new BoundNetwork(bound, trainingRows, bytes, specification.workers().share(testRows));
    } catch (IOException e) {
      if (network.input().isEmpty()) {
        throw new SpecificationException(
            List.of(
                Fault.of(
                    "network.input",
                    "is left out, and the data that would give it cannot be read: "
                        + e.getMessage())));
      }
      return new BoundNetwork(network.bind(List.of()), 0, 0, 0);
    }
  }

  private static BoundNetwork ofStream(RunSpecification specification)
      throws SpecificationException {
    try {
      return new StreamDataCheck(specification, PartitionLookup.SKIPPED).run().bound(specification);
    } catch (InterruptedException e) {
      throw new IllegalStateException("no broker was waited for", e);
    }
  }
}
