package dev.drey.core.protocol;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import dev.drey.core.work.Work;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One message of every kind: what the golden files hold, and docs/worker-protocol.md explains. */
final class ExampleMessages {

  /** 2-2-3: kernel [2, 2], bias [2], kernel [2, 3], bias [3]. */
  static final NetworkSpec FLOWERS =
      new NetworkSpec(
          List.of(2),
          List.of(
              new Dense(2, Activation.TANH, Initializer.GLOROT_UNIFORM),
              new Dense(3, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  static final float[] FLOWER_WEIGHTS = {
    0.5f, -0.25f, 1, 0.75f, 0.125f, 0, -1, 0.5f, 0.25f, 0.75f, -0.5f, 1, 0, 0.125f, -0.125f
  };

  static final Normalization FLOWER_NORMALIZATION =
      new Normalization(List.of(4f, 1.5f), List.of(2f, 1f));

  static final int[] FLOWER_ROWS = {0, 2, 3};

  static final DataSource FLOWER_DATA =
      new DataSource.Csv(
          new Blob.Reference(URI.create("file:///data/flowers.csv"), 73, "25dc3407"),
          List.of("petal_length", "petal_width"),
          List.of("species"));

  /** The sum over the three rows; WorkedExampleTest recomputes it. */
  static final float[] FLOWER_GRADIENT = {
    -0.13391778f,
    -0.5702096f,
    -0.11578381f,
    -0.3865726f,
    -0.02348386f,
    -1.4526979f,
    0.66860855f,
    0.33627304f,
    -1.0048816f,
    0.3375221f,
    0.038275115f,
    -0.37579718f,
    -0.10834249f,
    1.1545086f,
    -1.0461661f
  };

  static final double FLOWER_LOSS = 2.377914878;

  private ExampleMessages() {}

  static Map<String, WorkRequest> requests() {
    Map<String, WorkRequest> requests = new TreeMap<>();
    requests.put(
        "request-gradient",
        new WorkRequest(
            new WorkRequest.Id(
                "flowers", "0b0d6ac4-3e5f-4a0e-9b2f-1f1f6a1f7c11", Work.Kind.GRADIENT, 7, 2, 1),
            1_795_000_000_000L,
            FLOWERS,
            new Weights(7, List.of(part(0, 15, inline(FLOWER_WEIGHTS)))),
            new Examples.Rows(FLOWER_DATA, FLOWER_NORMALIZATION, FLOWER_ROWS),
            new WorkRequest.Transport(4_194_304, null),
            null,
            -1_187_203_342_717_261_953L));
    requests.put(
        "request-evaluation",
        new WorkRequest(
            new WorkRequest.Id("fashion", "restart-2", Work.Kind.EVALUATION, 60, 0, 1),
            1_795_000_000_000L,
            new NetworkSpec(
                List.of(784),
                List.of(new Dense(10, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
                new Loss.SoftmaxCrossEntropy()),
            new Weights(
                60,
                List.of(
                    part(0, 3925, stored("file:///dev/shm/drey/v60-0", 15_700, "1d9c8a07")),
                    part(3925, 7850, stored("file:///dev/shm/drey/v60-1", 15_700, "c01f55e2")))),
            new Examples.Rows(
                new DataSource.Idx(
                    stored("file:///data/images-idx3-ubyte.gz", 4_422_102, "0c6d2a3b"),
                    stored("file:///data/labels-idx1-ubyte.gz", 5_148, "7e21f4d8")),
                Normalization.UNIT,
                new int[] {8000, 8001, 9999}),
            new WorkRequest.Transport(65_536, URI.create("file:///dev/shm/drey/answers/")),
            Kernels.AVX2,
            0));
    requests.put(
        "request-prediction",
        new WorkRequest(
            new WorkRequest.Id("line", "1", Work.Kind.PREDICTION, 100, 0, 2),
            1_795_000_000_000L,
            new NetworkSpec(
                List.of(2),
                List.of(new Dense(1, Activation.SIGMOID, Initializer.HE_NORMAL)),
                new Loss.HalfSquaredError()),
            new Weights(100, List.of(part(0, 3, inline(0.5f, -2, 0.25f)))),
            new Examples.Rows(
                new DataSource.Npy(
                    stored("file:///data/x.npy", 144, "9a3b11c4"),
                    stored("file:///data/y.npy", 136, "5f0e6d72")),
                Normalization.NONE,
                new int[] {1, 0}),
            new WorkRequest.Transport(4_194_304, null),
            null,
            0));
    requests.put(
        "request-stream",
        new WorkRequest(
            new WorkRequest.Id("line", "1", Work.Kind.GRADIENT, 100, 0, 1),
            1_795_000_000_000L,
            new NetworkSpec(
                List.of(2),
                List.of(new Dense(1, Activation.SIGMOID, Initializer.HE_NORMAL)),
                new Loss.HalfSquaredError()),
            new Weights(100, List.of(part(0, 3, inline(0.5f, -2, 0.25f)))),
            new Examples.Values(
                new Examples.FloatMatrix(2, 2, inline(1, 0.5f, -1, 2)),
                new Examples.FloatMatrix(2, 1, inline(1, 0))),
            new WorkRequest.Transport(4_194_304, null),
            null,
            7));
    return requests;
  }

  static Map<String, WorkAnswer> answers() {
    Map<String, WorkAnswer> answers = new TreeMap<>();
    WorkRequest.Id flowers =
        new WorkRequest.Id(
            "flowers", "0b0d6ac4-3e5f-4a0e-9b2f-1f1f6a1f7c11", Work.Kind.GRADIENT, 7, 2, 1);
    answers.put(
        "answer-gradient",
        new WorkAnswer.Done(flowers, 7, 3, FLOWER_LOSS, 2, inline(FLOWER_GRADIENT), 180, 412));
    answers.put(
        "answer-gradient-reference",
        new WorkAnswer.Done(
            flowers,
            7,
            3,
            FLOWER_LOSS,
            2,
            stored(
                "file:///dev/shm/drey/answers/flowers-7-2-1", 60, inline(FLOWER_GRADIENT).crc32c()),
            180,
            412));
    answers.put(
        "answer-evaluation",
        new WorkAnswer.Done(
            new WorkRequest.Id("fashion", "restart-2", Work.Kind.EVALUATION, 60, 0, 1),
            60,
            3,
            1.25,
            2,
            null,
            95,
            240));
    answers.put(
        "answer-prediction",
        new WorkAnswer.Done(
            new WorkRequest.Id("line", "1", Work.Kind.PREDICTION, 100, 0, 2),
            100,
            2,
            0,
            0,
            inline(0.75f, 0.125f),
            12,
            130));
    answers.put(
        "answer-refused",
        new WorkAnswer.Refused(
            WorkAnswer.Reason.LEASE_EXPIRED, "lease ended at 1795000000000, it is 1795000000512"));
    return answers;
  }

  private static Weights.Part part(int from, int to, Blob blob) {
    return new Weights.Part(new Range(from, to), blob);
  }

  private static Blob.Inline inline(float... values) {
    return Blob.Inline.of(Floats.toBytes(values));
  }

  private static Blob.Reference stored(String uri, long bytes, String crc32c) {
    return new Blob.Reference(URI.create(uri), bytes, crc32c);
  }
}
