package dev.drey.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.Named;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.FileGrants;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.WorkHandler;
import dev.drey.worker.store.WorkerStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientHandlerTest {

  private static final NetworkSpec SMALL = TestingRequests.SMALL;
  private static final float[] PARAMETERS = TestingRequests.random(1, SMALL.parameterCount());
  private static final int ROWS = 10;
  private static final HeldKernels FREE = new HeldKernels(Map.of(), "amd64");

  @TempDir private Path directory;
  private TestingRequests requests;
  private final GradientHandler handler = new GradientHandler();

  @BeforeEach
  void open() {
    requests = new TestingRequests(directory);
  }

  @Test
  void aGradientComesBackAsAFileWithItsLossAndCount() throws IOException {
    WorkAnswer.Done done = done(gradient(data()));

    assertThat(done.id())
        .isEqualTo(new WorkRequest.Id("test", "start-1", Work.Kind.GRADIENT, 5, 3, 1));
    assertThat(done.version()).isEqualTo(7);
    assertThat(done.examples()).isEqualTo(ROWS);
    assertThat(done.lossSum()).isBetween(0.1 * ROWS, 3.0 * ROWS);
    assertThat(done.correct()).isBetween(0L, (long) ROWS);
    assertThat(done.totalMicros()).isGreaterThanOrEqualTo(done.computeMicros());
    assertThat(done.result()).isInstanceOf(Blob.Reference.class);
    // Softmax minus the one-hot label adds up to 0, and so do the last layer's two biases.
    float[] gradient = values(done);
    assertThat(gradient).hasSize(SMALL.parameterCount());
    assertThat(gradient[24] + gradient[25]).isCloseTo(0, within(1e-5f));
  }

  @Test
  void aShortResultComesBackInline() throws IOException {
    WorkRequest request = withTransport(gradient(data()), 4 * SMALL.parameterCount(), null);

    WorkAnswer.Done done = done(request);

    assertThat(done.result()).isInstanceOf(Blob.Inline.class);
    assertThat(values(done)).containsExactly(values(done(gradient(data()))));
  }

  @Test
  void inlineWeightsGiveTheSameBitsAsFiles() throws IOException {
    Examples rows = TestingRequests.rows(data(), ROWS);
    Weights inline = TestingRequests.inline(7, PARAMETERS);

    WorkAnswer.Done done = done(requests.request(Work.Kind.GRADIENT, SMALL, inline, rows));

    assertThat(values(done)).containsExactly(values(done(gradient(data()))));
  }

  @Test
  void anEvaluationHasTheLossAndNoResult() throws IOException {
    DataSource data = data();
    WorkAnswer.Done gradient = done(gradient(data));

    WorkAnswer.Done done = done(task(Work.Kind.EVALUATION, data));

    assertThat(done.result()).isNull();
    assertThat(done.lossSum()).isEqualTo(gradient.lossSum());
    assertThat(done.correct()).isEqualTo(gradient.correct());
  }

  @Test
  void aPredictionHasTheOutputsAndReadsNoLabels() throws IOException {
    DataSource labelled = data(TestingRequests.random(3, ROWS * 3), constant(1));
    DataSource nonsense = data(TestingRequests.random(3, ROWS * 3), constant(99));

    WorkAnswer.Done done = done(task(Work.Kind.PREDICTION, nonsense));

    float[] outputs = values(done);
    assertThat(outputs).hasSize(ROWS * 2);
    long ones = 0;
    for (int i = 0; i < ROWS; i++) {
      ones += outputs[2 * i + 1] > outputs[2 * i] ? 1 : 0;
    }
    assertThat(done(task(Work.Kind.EVALUATION, labelled)).correct()).isEqualTo(ones);
  }

  @Test
  void anEmptyMiniBatchHasGradientZero() throws IOException {
    WorkRequest request =
        requests.request(Work.Kind.GRADIENT, SMALL, weights(), TestingRequests.rows(data(), 0));

    WorkAnswer.Done done = done(request);

    assertThat(done.examples()).isZero();
    assertThat(done.lossSum()).isZero();
    assertThat(values(done)).containsOnly(0).hasSize(SMALL.parameterCount());
  }

  @Test
  void featuresAreNormalised() throws IOException {
    float[] features = TestingRequests.random(3, ROWS * 3);
    float[] stretched = features.clone();
    for (int i = 0; i < features.length; i++) {
      stretched[i] = features[i] * 4 + 2; // exact: a power of two, and values far from rounding
      features[i] = (stretched[i] - 2) / 4;
    }
    Normalization normalization = new Normalization(List.of(2f), List.of(4f));
    Examples.Rows rows = (Examples.Rows) TestingRequests.rows(data(stretched, constant(1)), ROWS);
    Examples normalised = new Examples.Rows(rows.source(), normalization, rows.rows());

    WorkAnswer.Done done =
        done(requests.request(Work.Kind.EVALUATION, SMALL, weights(), normalised));

    assertThat(done.lossSum())
        .isCloseTo(
            done(task(Work.Kind.EVALUATION, data(features, constant(1)))).lossSum(), within(1e-5));
  }

  @Test
  void examplesThatComeWithTheRequestGiveTheSameBitsAsRows() throws IOException {
    float[] features = TestingRequests.random(3, ROWS * 3);
    float[] labels = TestingRequests.randomClasses(5, ROWS, 2);
    DataSource data = data(features, labels);
    Examples values = values(3, features, 1, labels);

    for (Work.Kind task : Work.Kind.values()) {
      WorkAnswer.Done ofRows = done(task(task, data));
      WorkAnswer.Done done = done(requests.request(task, SMALL, weights(), values));

      assertThat(done.lossSum()).isEqualTo(ofRows.lossSum());
      assertThat(done.correct()).isEqualTo(ofRows.correct());
      assertThat(done.examples()).isEqualTo(ROWS);
      if (ofRows.result() != null) {
        assertThat(values(done)).containsExactly(values(ofRows));
      }
    }
  }

  @Test
  void examplesThatDoNotFitAreRefused() throws IOException {
    float[] features = new float[3 * ROWS];
    features[7] = Float.POSITIVE_INFINITY;
    assertRefused(
        stream(values(3, features, 1, new float[ROWS])), Reason.BAD_DATA, "row 2: feature 1");
    float[] labels = new float[ROWS];
    labels[4] = 2;
    assertRefused(
        stream(values(3, new float[3 * ROWS], 1, labels)), Reason.BAD_DATA, "row 4: label is 2.0");
    assertRefused(
        stream(values(4, new float[4 * ROWS], 1, new float[ROWS])), Reason.BAD_DATA, "takes 3");
    assertRefused(stream(values(3, new float[0], 1, new float[0])), Reason.BAD_DATA, "no rows");
    Examples.Values good = values(3, new float[3 * ROWS], 1, new float[ROWS]);
    Blob.Inline damaged = new Blob.Inline(good.features().bytes().base64(), "00000001");
    assertRefused(
        stream(new Examples.Values(new Examples.FloatMatrix(ROWS, 3, damaged), good.labels())),
        Reason.BAD_DATA,
        "CRC-32C");
  }

  private WorkRequest stream(Examples examples) throws IOException {
    return requests.request(Work.Kind.GRADIENT, SMALL, weights(), examples);
  }

  private static Examples.Values values(
      int width, float[] features, int labelWidth, float[] labels) {
    return new Examples.Values(matrix(width, features), matrix(labelWidth, labels));
  }

  private static Examples.FloatMatrix matrix(int width, float[] values) {
    return new Examples.FloatMatrix(
        values.length / width, width, Blob.Inline.of(Floats.toBytes(values)));
  }

  @Test
  void aWarmWorkerReadsNeitherDataNorTheSameWeightsAgain() throws IOException {
    WorkRequest request = gradient(data());
    float[] cold = values(done(request));
    deleteAll();

    assertThat(values(done(request))).containsExactly(cold);
  }

  @Test
  void newWeightsTakeThePlaceOfTheOld() throws IOException {
    DataSource data = data();
    Examples rows = TestingRequests.rows(data, ROWS);
    float[] other = TestingRequests.random(2, SMALL.parameterCount());
    float[] first = values(done(gradient(data)));

    float[] second =
        values(
            done(
                requests.request(Work.Kind.GRADIENT, SMALL, requests.byReference(8, other), rows)));

    assertThat(second).isNotEqualTo(first);
    assertThat(values(done(gradient(data)))).containsExactly(first);
  }

  @Test
  void moreNetworksThanAreKeptAreServedAllTheSame() throws IOException {
    DataSource data = data();
    float[] first = values(done(gradient(data)));
    for (int units = 5; units < 9; units++) {
      NetworkSpec spec =
          TestingRequests.mlp(
              new Loss.SoftmaxCrossEntropy(), Activation.RELU, List.of(3), units, 2);
      Weights weights = TestingRequests.inline(0, TestingRequests.random(1, spec.parameterCount()));
      done(requests.request(Work.Kind.GRADIENT, spec, weights, TestingRequests.rows(data, ROWS)));
    }

    assertThat(values(done(gradient(data)))).containsExactly(first);
  }

  @Test
  void aWorkerThatIsNotHeldToTheKernelsAskedForRefuses() throws IOException {
    WorkRequest r = gradient(data());
    WorkRequest asking =
        new WorkRequest(
            r.id(), r.lease(), r.network(), r.weights(), r.examples(), r.answer(), Kernels.AVX2, 0);
    HeldKernels held = new HeldKernels(Kernels.AVX2.environment(), "amd64");
    GradientHandler free = handler(FREE);

    assertThat(answer(handler(held), asking)).isInstanceOf(WorkAnswer.Done.class);
    assertThat(answer(free, r)).isInstanceOf(WorkAnswer.Done.class);
    assertRefused(
        free, ProtocolJson.encode(asking), Reason.BAD_REQUEST, "must have DNNL_MAX_CPU_ISA=AVX2");
  }

  private static GradientHandler handler(HeldKernels kernels) {
    return handler(Clock.systemUTC(), FileGrants.ALL, kernels);
  }

  private static GradientHandler handler(Clock clock, FileGrants grants, HeldKernels kernels) {
    return new GradientHandler(clock, new DataCache(grants), new WorkerStores(grants), kernels);
  }

  @Test
  void aFileThatIsNotGrantedIsRefusedByItsPathAlone(@TempDir Path other) throws IOException {
    GradientHandler limited = handler(Clock.systemUTC(), FileGrants.of(List.of(directory)), FREE);
    Path secret = other.resolve("secret.csv");
    Files.writeString(secret, "password,label\nhunter2,1\n");
    Path link = Files.createSymbolicLink(directory.resolve("link.csv"), secret);
    Blob.Reference wrong = new Blob.Reference(secret.toUri(), 1, "00000000");

    assertThat(answer(limited, gradient(data()))).isInstanceOf(WorkAnswer.Done.class);
    for (Blob.Reference file :
        List.of(
            DataSets.reference(secret),
            wrong,
            new Blob.Reference(link.toUri(), 1, "00000000"),
            new Blob.Reference(other.resolve("missing.csv").toUri(), 1, "00000000"))) {
      Examples rows =
          TestingRequests.rows(new DataSource.Csv(file, List.of("none"), List.of("label")), 1);
      WorkRequest asking =
          requests.request(Work.Kind.GRADIENT, SMALL, TestingRequests.inline(7, PARAMETERS), rows);
      Path path = Path.of(file.uri());

      WorkAnswer.Refused refused = refusal(limited, ProtocolJson.encode(asking));

      assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
      assertThat(refused.message())
          .isEqualTo(
              "data set: this worker may not open "
                  + path
                  + ": it is not below a file or directory of DREY_FILES");
    }
  }

  @Test
  void weightsAndAnswersGoThroughGrantedDirectoriesOnly(@TempDir Path other) throws IOException {
    GradientHandler limited = handler(Clock.systemUTC(), FileGrants.of(List.of(directory)), FREE);
    Weights foreign = new TestingRequests(other).byReference(7, PARAMETERS);
    Examples rows = TestingRequests.rows(data(), ROWS);

    assertRefused(
        limited,
        ProtocolJson.encode(requests.request(Work.Kind.GRADIENT, SMALL, foreign, rows)),
        Reason.BAD_REQUEST,
        "this worker may not open " + other);
    try (var before = Files.list(other)) {
      assertThat(before).hasSize(1);
    }
    assertRefused(
        limited,
        ProtocolJson.encode(withTransport(gradient(data()), 0, other.toUri())),
        Reason.BAD_REQUEST,
        "answer directory: this worker may not open " + other);
    try (var after = Files.list(other)) {
      assertThat(after).hasSize(1);
    }
  }

  @Test
  void anExpiredLeaseIsRefused() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_001), ZoneOffset.UTC);
    GradientHandler late = handler(clock, FileGrants.ALL, FREE);
    WorkRequest request = gradient(data());

    assertRefused(
        late,
        ProtocolJson.encode(withLease(request, 1_000)),
        Reason.LEASE_EXPIRED,
        "step 5 slot 3: the lease ended 1 ms ago, at 1000");
    assertThat(answer(late, withLease(request, 1_001))).isInstanceOf(WorkAnswer.Done.class);
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    String request = new String(ProtocolJson.encode(gradient(data())), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "null",
            "no json",
            "{}",
            request.replace("\"protocol\":1", "\"protocol\":2"),
            request.replace("\"step\"", "\"stop\""),
            request.replace("\"units\":4", "\"units\":-4"),
            request.substring(0, request.length() / 2))) {
      assertThat(refusal(handler, bad.getBytes(StandardCharsets.UTF_8)).reason())
          .as(bad)
          .isEqualTo(Reason.BAD_REQUEST);
    }
    assertThat(refusal(handler, new byte[ProtocolJson.MAX_MESSAGE_BYTES + 1]).message())
        .contains("6291557 bytes, at most 6291556");
  }

  @Test
  void damagedTruncatedOrMissingWeightsAreRefusedAndTheOldOnesForgotten() throws IOException {
    DataSource data = data();
    float[] before = values(done(gradient(data)));
    byte[] bytes = Floats.toBytes(PARAMETERS);

    Blob.Reference damaged = requests.file(bytes);
    byte[] flipped = bytes.clone();
    flipped[50] ^= 1;
    Files.write(Path.of(damaged.uri()), flipped);
    assertBadWeights(data, damaged, "CRC-32C");

    Blob.Reference truncated = requests.file(bytes);
    Files.write(Path.of(truncated.uri()), new byte[100]);
    assertBadWeights(data, truncated, "has 100 bytes, its reference says 104");

    Blob.Reference missing = requests.file(bytes);
    Files.delete(Path.of(missing.uri()));
    assertBadWeights(data, missing, "NoSuchFile");

    assertBadWeights(data, requests.file(new byte[100]), "100, and 104 are needed");
    assertBadWeights(data, Blob.Inline.of(new byte[100]), "100 bytes, 26 values need 104");
    assertBadWeights(data, new Blob.Inline(bytes, "00000000"), "CRC-32C");
    assertBadWeights(
        data, new Blob.Reference(URI.create("s3://bucket/w"), 104, "00000000"), "scheme \"s3\"");
    assertThat(values(done(gradient(data)))).containsExactly(before);
  }

  @Test
  void weightsOfAnotherVersionUnderTheSameNameAreRefused() throws IOException {
    DataSource data = data();
    Blob.Reference replaced = requests.file(Floats.toBytes(PARAMETERS));
    float[] other = TestingRequests.random(2, SMALL.parameterCount());
    Files.write(Path.of(replaced.uri()), Floats.toBytes(other));

    assertBadWeights(data, replaced, "its reference says " + replaced.crc32c());
  }

  @Test
  void whatIsNoFileOfWeightsIsRefusedAndNotWaitedFor() throws Exception {
    DataSource data = data();
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path file = Files.write(directory.resolve("file"), new byte[104]);

    for (Path path : List.of(pipe, directory)) {
      assertBadWeights(
          data, new Blob.Reference(path.toUri(), 104, "00000000"), "is not a regular file");
    }
    URI inside = URI.create(file.toUri() + "/v9");
    assertBadWeights(data, new Blob.Reference(inside, 104, "00000000"), "Not a directory");
    Files.delete(pipe);
  }

  @Test
  void weightsThatAreWrittenOverWhileTheyAreReadAreNeverComputedWith() throws Exception {
    DataSource data = data();
    byte[] bytes = Floats.toBytes(PARAMETERS);
    byte[] other = Floats.toBytes(TestingRequests.random(2, SMALL.parameterCount()));
    float[] right = values(done(gradient(data)));
    Blob.Reference reference = requests.file(bytes);
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!over.get()) {
                rewrite(reference, bytes, 40);
                rewrite(reference, other, 40);
              }
              rewrite(reference, bytes, bytes.length);
            });
    writer.start();

    try {
      for (int version = 10; version < 300; version++) {
        Weights weights = TestingRequests.weights(version, SMALL.parameterCount(), reference);
        WorkAnswer answer =
            answer(
                handler,
                requests.request(
                    Work.Kind.GRADIENT, SMALL, weights, TestingRequests.rows(data, ROWS)));
        if (answer instanceof WorkAnswer.Done done) {
          assertThat(values(done)).containsExactly(right);
        } else {
          assertThat(((WorkAnswer.Refused) answer).reason()).isEqualTo(Reason.BAD_WEIGHTS);
        }
      }
    } finally {
      over.set(true);
      writer.join();
    }
  }

  /** Part after part, in place, as a store does that uses memory again. */
  private static void rewrite(Blob.Reference reference, byte[] bytes, int step) {
    try (FileChannel file = FileChannel.open(Path.of(reference.uri()), StandardOpenOption.WRITE)) {
      for (int at = 0; at < bytes.length; at += step) {
        file.write(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)), at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void asManyWeightsAsTheNetworkHasAreNeeded() throws IOException {
    Weights weights = TestingRequests.inline(7, new float[25]);

    assertRefused(
        requests.request(Work.Kind.GRADIENT, SMALL, weights, TestingRequests.rows(data(), ROWS)),
        Reason.BAD_WEIGHTS,
        "weights of version 7 have 25 values, the network has 26 parameters");
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() throws IOException {
    float[] values = PARAMETERS.clone();
    values[13] = Float.NaN;
    Weights weights = TestingRequests.inline(7, values);

    assertRefused(
        requests.request(Work.Kind.GRADIENT, SMALL, weights, TestingRequests.rows(data(), ROWS)),
        Reason.NOT_FINITE,
        "weights of version 7: 0.bias holds NaN or infinite values");
  }

  @Test
  void aGradientThatIsNotFiniteIsRefusedAndLeavesNoTrace() throws IOException {
    DataSource data = data();
    float[] before = values(done(gradient(data)));
    NetworkSpec squares =
        TestingRequests.mlp(new Loss.HalfSquaredError(), Activation.LINEAR, List.of(3), 4, 1);
    float[] huge = new float[squares.parameterCount()];
    Arrays.fill(huge, 1e25f);
    Weights weights = TestingRequests.inline(7, huge);

    assertRefused(
        requests.request(Work.Kind.GRADIENT, squares, weights, TestingRequests.rows(data, ROWS)),
        Reason.NOT_FINITE,
        "step 5 slot 3: the loss is NaN or infinite, as is the output of layer 1");
    assertThat(values(done(gradient(data)))).containsExactly(before);
  }

  @Test
  void aRefusedGradientNamesTheTensorWhereItOverflowed() throws IOException {
    NetworkSpec line =
        new NetworkSpec(
            List.of(3),
            List.of(
                new Named("first", null, new Dense(1, Activation.LINEAR, Initializer.ZEROS)),
                new Named("second", null, new Dense(1, Activation.LINEAR, Initializer.ZEROS)),
                new Named("third", null, new Dense(1, Activation.LINEAR, Initializer.ZEROS))),
            new Loss.HalfSquaredError());
    // z = 1e10, so that dL/dz = 1e10 and the gradient of third.kernel is 0; 1e40 by its input.
    Weights weights = TestingRequests.inline(7, new float[] {0, 0, 0, 0, 1, 0, 1e30f, 1e10f});

    assertRefused(
        requests.request(Work.Kind.GRADIENT, line, weights, TestingRequests.rows(data(), ROWS)),
        Reason.NOT_FINITE,
        "step 5 slot 3: the gradient of second.kernel is NaN or infinite");
  }

  @Test
  void dataThatDoNotFitAreRefused() throws IOException {
    DataSource wide = requests.data(4, new float[4 * ROWS], 1, new float[ROWS]);
    assertRefused(gradient(wide), Reason.BAD_DATA, "has 4 features", "takes 3");
    assertRefused(task(Work.Kind.PREDICTION, wide), Reason.BAD_DATA, "has 4 features", "takes 3");

    DataSource twoLabels = requests.data(3, new float[3 * ROWS], 2, new float[2 * ROWS]);
    assertRefused(gradient(twoLabels), Reason.BAD_DATA, "has 2 labels", "takes 1");

    float[] labels = constant(1);
    labels[6] = 2;
    DataSource outside = data(new float[3 * ROWS], labels);
    assertRefused(gradient(outside), Reason.BAD_DATA, "row 6: label is 2.0", "[0, 2)");

    Examples.Rows rows = (Examples.Rows) TestingRequests.rows(data(), ROWS + 1);
    for (Work.Kind task : Work.Kind.values()) {
      assertRefused(
          requests.request(task, SMALL, weights(), rows), Reason.BAD_DATA, "no row 10", "[0, 10)");
    }

    Normalization two = new Normalization(List.of(0f, 1f), List.of(1f, 1f));
    Examples normalised = new Examples.Rows(data(), two, new int[] {1});
    assertRefused(
        requests.request(Work.Kind.GRADIENT, SMALL, weights(), normalised),
        Reason.BAD_DATA,
        "2 columns, must have 1 or 3");
  }

  @Test
  void nanInTheDataIsRefused() throws IOException {
    float[] features = TestingRequests.random(3, ROWS * 3);
    features[3 * 4 + 2] = Float.NaN;
    DataSource data = data(features, constant(1));

    for (Work.Kind task : Work.Kind.values()) {
      assertRefused(task(task, data), Reason.BAD_DATA, "row 4: feature 2 is NaN, must be finite");
    }
  }

  @Test
  void numbersOutsideAnEmbeddingsVocabularyAreRefused() throws IOException {
    NetworkSpec network =
        new NetworkSpec(
            List.of(3),
            List.of(new Embedding(5, 2, Initializer.ZEROS), new GlobalAveragePooling()),
            new Loss.SoftmaxCrossEntropy());
    Weights weights = TestingRequests.inline(0, new float[10]);
    float[] features = new float[ROWS * 3];
    features[3 * 4 + 2] = 5;
    DataSource data = data(features, constant(1));

    for (Work.Kind task : Work.Kind.values()) {
      assertRefused(
          requests.request(task, network, weights, TestingRequests.rows(data, ROWS)),
          Reason.BAD_DATA,
          "row 4: feature 2 is 5.0, must be a whole number in [0, 5)");
    }
    assertRefused(
        requests.request(
            Work.Kind.GRADIENT,
            network,
            weights,
            new Examples.Rows(data, Normalization.UNIT, new int[] {1})),
        Reason.BAD_DATA,
        "there is a normalization, must be none");
  }

  @Test
  void dataThatCannotBeReadAreRefused() throws IOException {
    DataSource.Npy data = (DataSource.Npy) data();
    byte[] damaged = Files.readAllBytes(Path.of(data.features().uri()));
    damaged[damaged.length - 1] ^= 1;
    Files.write(Path.of(data.features().uri()), damaged);
    assertRefused(gradient(data), Reason.BAD_DATA, "CRC-32C");

    Files.write(Path.of(data.features().uri()), new byte[10]);
    assertRefused(gradient(data), Reason.BAD_DATA, "10 bytes");

    Files.delete(Path.of(data.features().uri()));
    assertRefused(gradient(data), Reason.BAD_DATA, "no such file");
  }

  @Test
  void aResultWithNowhereToGoIsRefused() throws IOException {
    WorkRequest request = gradient(data());

    assertRefused(
        withTransport(request, 103, null),
        Reason.BAD_REQUEST,
        "the result has 104 bytes, at most 103 fit the answer");
    assertRefused(
        withTransport(request, 0, directory.resolve("missing").toUri()),
        Reason.BAD_REQUEST,
        "missing is not an existing directory");
    assertRefused(
        withTransport(request, 0, URI.create("gs://bucket/x")),
        Reason.BAD_REQUEST,
        "scheme \"gs\"");
    assertRefused(
        withTransport(request, 0, URI.create("file:relative")),
        Reason.BAD_REQUEST,
        "not the URI of");
  }

  @Test
  void theSameRequestGivesTheSameBitsInEveryInstanceAndThread() throws Exception {
    NetworkSpec spec =
        TestingRequests.mlp(
            new Loss.SoftmaxCrossEntropy(), Activation.RELU, List.of(3), 129, 65, 2);
    Weights weights = requests.byReference(7, spec.initialParameters(1));
    WorkRequest request =
        requests.request(Work.Kind.GRADIENT, spec, weights, TestingRequests.rows(data(), ROWS));
    float[] expected = values(done(request));

    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(() -> values((WorkAnswer.Done) answer(new GradientHandler(), request)));
      }
      for (Future<float[]> call : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertThat(call.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdownNow();
    }
    for (int i = 0; i < 300; i++) { // through the compilers' tiers
      assertThat(values(done(request))).containsExactly(expected);
    }
  }

  @Test
  void theHandlerIsFoundAsAService() {
    assertThat(ServiceLoader.load(WorkHandler.class).findFirst())
        .get()
        .isInstanceOf(GradientHandler.class);
  }

  private DataSource data() throws IOException {
    return data(TestingRequests.random(3, ROWS * 3), TestingRequests.randomClasses(4, ROWS, 2));
  }

  private DataSource data(float[] features, float[] labels) throws IOException {
    return requests.data(3, features, 1, labels);
  }

  private static float[] constant(float label) {
    float[] labels = new float[ROWS];
    Arrays.fill(labels, label);
    return labels;
  }

  private Weights weights() throws IOException {
    return requests.byReference(7, PARAMETERS);
  }

  private WorkRequest gradient(DataSource data) throws IOException {
    return task(Work.Kind.GRADIENT, data);
  }

  private WorkRequest task(Work.Kind task, DataSource data) throws IOException {
    return requests.request(task, SMALL, weights(), TestingRequests.rows(data, ROWS));
  }

  private static WorkRequest withLease(WorkRequest r, long lease) {
    return new WorkRequest(
        r.id(), lease, r.network(), r.weights(), r.examples(), r.answer(), r.kernels(), r.seed());
  }

  private static WorkRequest withTransport(
      WorkRequest r, int inlineBytes, @Nullable URI directory) {
    return new WorkRequest(
        r.id(),
        r.lease(),
        r.network(),
        r.weights(),
        r.examples(),
        new WorkRequest.Transport(inlineBytes, directory),
        r.kernels(),
        r.seed());
  }

  private void deleteAll() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static WorkAnswer answer(WorkHandler handler, WorkRequest request) throws IOException {
    return ProtocolJson.decodeAnswer(handler.handle(ProtocolJson.encode(request)));
  }

  private WorkAnswer.Done done(WorkRequest request) throws IOException {
    WorkAnswer answer = answer(handler, request);
    assertThat(answer).isInstanceOf(WorkAnswer.Done.class);
    return (WorkAnswer.Done) answer;
  }

  private static float[] values(WorkAnswer.Done done) throws IOException {
    if (done.result() instanceof Blob.Reference reference) {
      Path file = Path.of(reference.uri());
      assertThat(DataSets.reference(file)).isEqualTo(reference);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return Floats.fromBytes(bytes);
    }
    assertThat(done.result()).isInstanceOf(Blob.Inline.class);
    return Floats.fromBytes(((Blob.Inline) done.result()).verified());
  }

  private void assertBadWeights(DataSource data, Blob blob, String message) throws IOException {
    assertRefused(
        requests.request(
            Work.Kind.GRADIENT,
            SMALL,
            TestingRequests.weights(9, SMALL.parameterCount(), blob),
            TestingRequests.rows(data, ROWS)),
        Reason.BAD_WEIGHTS,
        "version 9",
        message);
  }

  private void assertRefused(WorkRequest request, Reason reason, String... messages)
      throws IOException {
    assertRefused(handler, ProtocolJson.encode(request), reason, messages);
  }

  private static void assertRefused(
      WorkHandler handler, byte[] request, Reason reason, String... messages) throws IOException {
    WorkAnswer.Refused refused = refusal(handler, request);
    assertThat(refused.reason()).as(refused.message()).isEqualTo(reason);
    assertThat(refused.message()).contains(messages);
  }

  private static WorkAnswer.Refused refusal(WorkHandler handler, byte[] request)
      throws IOException {
    WorkAnswer answer = ProtocolJson.decodeAnswer(handler.handle(request));
    assertThat(answer).isInstanceOf(WorkAnswer.Refused.class);
    return (WorkAnswer.Refused) answer;
  }
}
