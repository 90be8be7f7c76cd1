package dev.drey.job.prepare;

import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.stream.Encoder;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.SpecificationException;
import java.util.Optional;

/**
 * A run's stream, looked up at the brokers and checked against its network.
 *
 * @param settings of the stream
 * @param network with the input that examples have
 * @param encoding makes the examples
 * @param partitions number of them as the run starts, at least 1
 * @param memory that a worker needs
 */
public record PreparedStream(
    StreamSettings settings,
    NetworkSpec network,
    Encoder.Factory encoding,
    int partitions,
    WorkerMemory memory)
    implements PreparedInput {

  /**
   * Asks the brokers, once, for the topics of a run on a stream, and checks the fields and features
   * of its examples.
   *
   * @throws SpecificationException if the brokers do not answer, a topic or a field is missing, or
   *     the network does not fit; each fault with its key
   */
  public static PreparedStream open(RunSpecification specification)
      throws SpecificationException, InterruptedException {
    return new StreamDataCheck(specification, PartitionLookup.FROM_BROKERS).run();
  }

  @Override
  public BoundNetwork bound(RunSpecification specification) {
    return new BoundNetwork(network, 0, 0, 0);
  }

  @Override
  public RunSpecification resolved(RunSpecification specification) {
    return specification.withInput(network.input());
  }

  @Override
  public long evaluateEvery(RunSpecification specification) {
    return settings.holdOut().fraction() > 0 ? settings.holdOut().every() : 0;
  }

  /** How records become examples; empty if a class of the user's makes them. */
  public Optional<ExampleEncoding> fields() {
    return encoding instanceof ExampleEncoding fields ? Optional.of(fields) : Optional.empty();
  }
}
