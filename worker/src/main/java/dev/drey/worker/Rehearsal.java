package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves one small request through the whole path, from its bytes to the answer's, so that all
 * classes are loaded that a worker's first request needs. The build records the class data sharing
 * archive from this run.
 */
public final class Rehearsal {

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(4),
          List.of(
              new Dense(2, Activation.RELU, Initializer.ZEROS),
              new Dense(2, Activation.LINEAR, Initializer.ZEROS)),
          new Loss.SoftmaxCrossEntropy());

  /** An image of 2 x 2 pixels and its class, in IDX format. */
  private static final byte[] IMAGE = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4};

  private static final byte[] LABEL = {0, 0, 8, 1, 0, 0, 0, 1, 0};

  private Rehearsal() {}

  /** Serves the request; fails if it is refused. */
  public static void main(String[] args) throws IOException {
    Path images = Files.createTempFile("drey-rehearsal", ".idx");
    Path labels = Files.createTempFile("drey-rehearsal", ".idx");
    Path weights = Files.createTempFile("drey-rehearsal", ".f32");
    try {
      Files.write(images, IMAGE);
      Files.write(labels, LABEL);
      Files.write(weights, Floats.toBytes(new float[NETWORK.parameterCount()]));
      DataSource data = new DataSource.Idx(DataSets.reference(images), DataSets.reference(labels));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      new LambdaHandler()
          .handleRequest(
              new ByteArrayInputStream(
                  ProtocolJson.encode(request(data, DataSets.reference(weights)))),
              answer,
              null);
      if (!(ProtocolJson.decodeAnswer(answer.toByteArray()) instanceof WorkAnswer.Done)) {
        throw new IllegalStateException("the rehearsal was refused: " + answer);
      }
    } finally {
      Files.delete(images);
      Files.delete(labels);
      Files.delete(weights);
    }
  }

  private static WorkRequest request(DataSource data, Blob.Reference weights) {
    Range all = new Range(0, NETWORK.parameterCount());
    return new WorkRequest(
        new WorkRequest.Id("rehearsal", "1", Work.Kind.GRADIENT, 0, 0, 1),
        System.currentTimeMillis() + 60_000,
        NETWORK,
        new Weights(0, List.of(new Weights.Part(all, weights))),
        new Examples.Rows(data, Normalization.UNIT, new int[] {0}),
        new WorkRequest.Transport(1024, null),
        null,
        0);
  }
}
