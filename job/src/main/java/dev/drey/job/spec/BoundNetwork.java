package dev.drey.job.spec;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.SpecificationException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A specification's network with the shape of its input.
 *
 * @param dataBytes what the training data take in memory; empty if they are not there
 */
public record BoundNetwork(NetworkSpec network, OptionalLong dataBytes) {

  /**
   * Reads the training data, if they are there, for as long as it takes to look at their shape.
   *
   * @throws SpecificationException if the network does not fit them, or nothing tells the shape of
   *     its input
   */
  public static BoundNetwork of(RunSpecification specification) throws SpecificationException {
    NetworkSettings network = specification.network();
    DataFiles files = DataFiles.training(specification.data());
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
      return new BoundNetwork(bound, OptionalLong.of(data.bytes()));
    } catch (IOException e) {
      if (network.input().isEmpty()) {
        throw new SpecificationException(
            List.of(
                Fault.of(
                    "network.input",
                    "is left out, and the data that would tell cannot be read: "
                        + e.getMessage())));
      }
      return new BoundNetwork(network.bind(List.of()), OptionalLong.empty());
    }
  }
}
