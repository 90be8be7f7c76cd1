package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.run.Curve;
import dev.drey.job.run.Leftovers;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drey train} on Flink and worker processes. */
@Timeout(600)
class TrainITCase {

  private static final String THREADS = "--set=workers.runtime=in-process";

  @TempDir private Path directory;
  private TestingShell shell;

  @BeforeEach
  void writeSpecification() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
    shell = new TestingShell(directory, Clock.systemUTC());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(Leftovers.workers(ProcessHandle.current())).isEmpty();
    assertThat(Leftovers.exchanges(ProcessHandle.current().pid())).isEmpty();
  }

  private int drey(String... arguments) {
    return Drey.run(
        new LocalTraining(SmallRun.HOME),
        exchange -> Drey.worker(SmallRun.HOME, exchange),
        shell.shell(),
        arguments);
  }

  @Test
  void aRunLeavesAModelItsCurveAndItsCost() throws Exception {
    int code = drey("train", "small.yaml", "--out", "run");

    assertThat(code).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
    Path run = directory.resolve("run");
    Curve curve = Curve.read(run.resolve("curve.csv"));
    assertThat(curve.header())
        .containsExactly(
            "step",
            "epoch",
            "examples",
            "loss",
            "accuracy",
            "seconds",
            "billed_ms",
            "dollars",
            "structure",
            "predicted_seconds");
    assertThat(curve.rows()).allSatisfy(row -> assertThat(row.get(8)).isEqualTo("1-2"));
    assertThat(curve.column("predicted_seconds")).allMatch(seconds -> seconds > 0);
    assertThat(curve.column("step")).containsExactlyElementsOf(upTo(SmallRun.STEPS, 1));
    assertThat(curve.column("examples")).containsExactlyElementsOf(upTo(SmallRun.STEPS, 500));
    assertThat(curve.last("epoch")).isEqualTo(2);
    for (String growing : List.of("seconds", "billed_ms", "dollars")) {
      assertThat(curve.column(growing)).isSortedAccordingTo(Comparator.naturalOrder());
    }
    assertThat(curve.last("loss")).isLessThan(0.7 * curve.column("loss").get(0));

    Curve evaluations = Curve.read(run.resolve("evaluations.csv"));
    assertThat(evaluations.column("step")).containsExactly(16.0, 32.0);
    assertThat(evaluations.column("epoch")).containsExactly(1.0, 2.0);
    assertThat(evaluations.column("examples")).containsExactly(8_000.0, 16_000.0);
    assertThat(evaluations.last("accuracy")).isGreaterThan(0.5);

    JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    assertThat(summary.path("testAccuracy").asDouble()).isEqualTo(evaluations.last("accuracy"));
    assertThat(summary.path("testLoss").asDouble()).isEqualTo(evaluations.last("loss"));
    assertThat(summary.path("steps").asLong()).isEqualTo(SmallRun.STEPS);
    assertThat(summary.path("epochs").asDouble()).isEqualTo(2);
    assertThat(summary.path("examples").asLong()).isEqualTo(16_000);
    // 2 slots of 32 steps and of 2 evaluations
    assertThat(summary.path("invocations").asLong()).isEqualTo(2 * (SmallRun.STEPS + 2));
    assertThat(summary.path("coldStarts").asLong()).isEqualTo(2);
    assertThat(summary.path("billedMs").asDouble())
        .isGreaterThanOrEqualTo(2 * (SmallRun.STEPS + 2))
        .isEqualTo(evaluations.last("billed_ms"));
    // The curve has billionths of dollars.
    assertThat(summary.path("dollars").asDouble() - evaluations.last("dollars"))
        .isBetween(-1e-9, 1e-9);
    assertThat(new ModelDirectory(run).read().network().parameterCount())
        .isEqualTo(784 * 16 + 16 + 16 * 10 + 10);
    assertThat(names(run))
        .contains("weights.npz", "model.onnx", "spec.yaml", "workers")
        .doesNotContain("flink-tmp", "exchange", "checkpoints");
    assertThat(shell.out().lines().toList().get(0)).startsWith("web UI http://127.0.0.1:");
    assertThat(shell.out().lines().reduce("", (first, line) -> line))
        .startsWith("test accuracy 0.")
        .contains(" after 32 steps in ", ": 68 invocations, would have cost ", "model in run");
    assertThat(drey("export", "run", "--out", "again.onnx")).as(shell.err()).isZero();
    assertThat(directory.resolve("again.onnx")).hasSameBinaryContentAs(run.resolve("model.onnx"));
  }

  @Test
  void aRunStartsFromTheWeightsOfAnother() throws Exception {
    assertThat(drey("train", "small.yaml", "--out", "first", "--set=training.epochs=1", THREADS))
        .as(shell.err())
        .isZero();

    // Steps too small to change a weight.
    int code =
        drey(
            "train",
            "small.yaml",
            "--out=second",
            "--set=network.init-from=first/model.onnx",
            THREADS,
            "--set=training.epochs=1",
            "--set=training.optimizer=sgd",
            "--set=training.learning-rate=1e-30");

    assertThat(code).as(shell.err()).isZero();
    assertThat(directory.resolve("second/weights.npz"))
        .hasSameBinaryContentAs(directory.resolve("first/weights.npz"));
    assertThat(directory.resolve("second/optimizer.npz")).doesNotExist();
  }

  private static List<Double> upTo(int count, int times) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> (double) i * times).toList();
  }

  private static List<String> names(Path run) throws Exception {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Trains on threads with an option of Flink's. */
  private int train(String option) {
    return drey("train", "small.yaml", "--out=run", THREADS, "-D", option);
  }

  @Test
  void aPortInUseIsTold() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      int code = train("rest.port=" + port);

      assertThat(code).isEqualTo(1);
      assertThat(shell.err())
          .startsWith("drey: the run failed: the web UI cannot listen on port " + port)
          .contains("in use", "-D rest.port=PORT")
          .hasLineCount(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rest.port=70000, 70000",
    "state.backend.type=nothing, nothing",
    "execution.checkpointing.interval=soon, execution.checkpointing.interval"
  })
  void aWrongOptionOfFlinkIsTold(String option, String expected) {
    int code = train(option);

    assertThat(code).isEqualTo(1);
    assertThat(shell.err()).startsWith("drey: the run failed: ").contains(expected).hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "many"})
  void aWrongNumberOfTasksIsToldBeforeAnythingStarts(String tasks) {
    int code = drey("train", "small.yaml", "--out", "run", "-D", "parallelism.default=" + tasks);

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains("-D parallelism.default: is \"" + tasks + "\", must be a whole number");
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void aCheckoutThatIsNotBuiltIsTold() {
    int code =
        Drey.run(
            new LocalTraining(directory),
            exchange -> null,
            shell.shell(),
            "train",
            "small.yaml",
            "--out",
            "run");

    assertThat(code).isEqualTo(1);
    assertThat(shell.err())
        .startsWith("drey: the run failed: the worker is not built: " + directory);
  }

  @Test
  void fiveMistakesAreFiveLines() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "small.yaml", "--out", "run"));
    for (String wrong :
        List.of(
            "workers.count=3.5",
            "training.seed=-1",
            "data.labels=nowhere.gz",
            "training.mini-batch=0",
            "checkpoint.interval=1s")) {
      arguments.addAll(List.of("--set", wrong));
    }

    int code = drey(arguments.toArray(new String[0]));

    assertThat(code).isEqualTo(2);
    assertThat(shell.err().lines().toList())
        .hasSize(6)
        .anySatisfy(line -> assertThat(line).isEqualTo("drey: small.yaml has 5 faults"))
        .anySatisfy(line -> assertThat(line).startsWith("  workers.count: is 3.5"))
        .anySatisfy(line -> assertThat(line).startsWith("  training.seed: is -1"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("  data.labels: is ")
                    .endsWith("nowhere.gz, which does not exist"))
        .anySatisfy(line -> assertThat(line).startsWith("  training.mini-batch: is 0"))
        .anySatisfy(line -> assertThat(line).startsWith("  checkpoint"));
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void aStructureThatDoesNotFitTheSlotsIsAFault() {
    int code = drey("train", "small.yaml", "--set", "aggregation.structure=[1, 4]");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err()).contains("which ends in 4 slots, must end in workers.count, 2");
  }

  @Test
  void anArrayWithANaNAndOneOfAnotherLengthAreFaults() throws Exception {
    Files.write(directory.resolve("x.npy"), npy("(2, 3)", new float[] {1, 2, 3, 4, Float.NaN, 6}));
    Files.write(directory.resolve("y.npy"), npy("(2,)", new float[] {0, 1}));
    Files.write(directory.resolve("short.npy"), npy("(1,)", new float[] {0}));
    Files.writeString(
        directory.resolve("arrays.yaml"),
        """
        network: {layers: [dense: {units: 2}]}
        data: {format: npy, features: x.npy, labels: y.npy, test: {fraction: 0}}
        """);

    assertThat(drey("train", "arrays.yaml")).isEqualTo(2);
    assertThat(shell.err()).contains("data.features: ", "row 1: feature 1 is NaN, must be finite");
    assertThat(drey("train", "arrays.yaml", "--set", "data.labels=short.npy")).isEqualTo(2);
    assertThat(shell.err()).contains("short.npy");
    assertThat(drey("train", "arrays.yaml", "--set", "network.input=[4]")).isEqualTo(2);
    assertThat(shell.err()).contains("network.input: [4] is 4 values, an example of ");
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  /** NumPy's format, version 1.0, of little-endian floats. */
  private static byte[] npy(String shape, float[] values) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    String padded = header + " ".repeat((64 - (10 + header.length() + 1) % 64) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + padded.length() + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII));
    bytes.putShort((short) padded.length());
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
