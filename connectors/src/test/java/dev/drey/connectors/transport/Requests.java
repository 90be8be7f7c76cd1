package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.net.URI;
import java.util.List;

/** Requests for tests. */
public final class Requests {

  /** A lease that no test outlives. */
  public static final long LEASE = Long.MAX_VALUE / 4;

  private Requests() {}

  /** For two rows and a network of 2 inputs and 2 outputs: 6 parameters. */
  public static WorkRequest of(String run, Work.Kind task, Weights weights) {
    return of(run, task, weights, LEASE);
  }

  public static WorkRequest of(String run, Work.Kind task, Weights weights, long lease) {
    Blob.Reference data = new Blob.Reference(URI.create("file:///data"), 1, "00000000");
    return new WorkRequest(
        new WorkRequest.Id(run, "start-1", task, 7, 3, 1),
        lease,
        new NetworkSpec(
            List.of(2),
            List.of(new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
            new Loss.MeanSquaredError()),
        weights,
        new Examples.Rows(new DataSource.Idx(data, data), Normalization.NONE, new int[] {4, 5}),
        new WorkRequest.Transport(0, null),
        null,
        0);
  }

  /** Weights of one part. */
  public static Weights weights(long version, int count, Blob blob) {
    return new Weights(version, List.of(new Weights.Part(new Range(0, count), blob)));
  }
}
