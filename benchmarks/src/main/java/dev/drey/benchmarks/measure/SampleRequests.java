package dev.drey.benchmarks.measure;

import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.exchange.Store;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests for gradients of a network over random images, with weights and data in files. */
public final class SampleRequests {

  /** 784-512-256-10. */
  public static final NetworkSpec MLP =
      new NetworkSpec(
          List.of(784),
          List.of(
              new Dense(512, Activation.RELU, Initializer.GLOROT_UNIFORM),
              new Dense(256, Activation.RELU, Initializer.GLOROT_UNIFORM),
              new Dense(10, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  private final NetworkSpec network;
  private final Weights weights;
  private final DataSource data;

  /**
   * Writes data and weights.
   *
   * @param network of classes
   * @param directory for the data
   * @param rows how many examples they have
   */
  public SampleRequests(NetworkSpec network, Path directory, Store store, int rows)
      throws IOException {
    this.network = network;
    float[] values = network.initialParameters(1);
    Range all = new Range(0, values.length);
    weights = new Weights(0, List.of(new Weights.Part(all, store.put("v0", values))));
    data = data(network, directory, rows);
  }

  /** Random bytes and labels, in IDX. */
  private static DataSource data(NetworkSpec network, Path directory, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    ByteBuffer images = ByteBuffer.allocate(12 + rows * network.inputWidth());
    images.putInt(0x802).putInt(rows).putInt(network.inputWidth());
    ByteBuffer labels = ByteBuffer.allocate(8 + rows);
    labels.putInt(0x801).putInt(rows);
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt(256));
    }
    while (labels.hasRemaining()) {
      labels.put((byte) random.nextInt(network.outputWidth()));
    }
    return new DataSource.Idx(
        DataSets.reference(Files.write(directory.resolve("images"), images.array())),
        DataSets.reference(Files.write(directory.resolve("labels"), labels.array())));
  }

  /** A request for the loss over all rows. */
  public WorkRequest evaluation(int rows) {
    return request(Work.Kind.EVALUATION, rows, new WorkRequest.Transport(0, null), null);
  }

  /**
   * A request for the gradient over the first rows.
   *
   * @param batch how many
   * @param answer how the gradient comes back
   * @param kernels that the worker must be held to; null for any
   */
  public WorkRequest gradient(int batch, WorkRequest.Transport answer, @Nullable Kernels kernels) {
    return request(Work.Kind.GRADIENT, batch, answer, kernels);
  }

  private WorkRequest request(
      Work.Kind kind, int batch, WorkRequest.Transport answer, @Nullable Kernels kernels) {
    return new WorkRequest(
        new WorkRequest.Id("bench", "1", kind, 0, 0, 1),
        System.currentTimeMillis() + 60_000,
        network,
        weights,
        new Examples.Rows(
            data,
            network.vocabulary().isPresent() ? Normalization.NONE : Normalization.UNIT,
            IntStream.range(0, batch).toArray()),
        answer,
        kernels,
        0);
  }
}
