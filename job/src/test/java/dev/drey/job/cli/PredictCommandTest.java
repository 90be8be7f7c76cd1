package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

  private static final String SPEC =
      """
      network:
        layers:
          - dense: {units: 2}
      data:
        format: csv
        file: train.csv
        feature-columns: [x]
        label-columns: [y]
        normalization: {fixed: {mean: [1], deviation: [2]}}
      """;

  @TempDir private Path directory;

  /** A worker whose outputs are the normalised feature x and 1 - x; every second row is right. */
  private static final class TestingWorker implements GradientWorker {
    @Override
    public CompletableFuture<WorkResult> compute(WorkRequest request) {
      try {
        return CompletableFuture.completedFuture(result(request));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(
            new WorkerException(
                WorkerException.Kind.REJECTED, String.valueOf(e.getMessage()), Bill.NOTHING, e));
      }
    }

    private static WorkResult result(WorkRequest request) throws IOException {
      Examples.Rows rows = (Examples.Rows) request.examples();
      DataSet data = DataSets.read(rows.source());
      float[] features = new float[rows.count()];
      data.features(rows.rows(), 0, rows.count(), rows.normalization(), features);
      boolean prediction = request.id().kind() == Work.Kind.PREDICTION;
      float[] outputs = new float[prediction ? 2 * features.length : 0];
      for (int i = 0; i < outputs.length; i += 2) {
        outputs[i] = features[i / 2];
        outputs[i + 1] = 1 - features[i / 2];
      }
      WorkAnswer.Done done =
          new WorkAnswer.Done(
              request.id(), 0, rows.count(), rows.count() * 0.25, rows.count() / 2, null, 0, 0);
      return new WorkResult(done, outputs, Bill.NOTHING);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void trainAModel() throws Exception {
    Files.writeString(directory.resolve("train.csv"), "x,y\n1,0\n2,1\n");
    Path spec = Files.writeString(directory.resolve("spec.yaml"), SPEC);
    RunSpecification specification = RunSpecification.read(spec, Map.of());
    PreparedData data = PreparedData.open(specification);
    ModelDirectory model = new ModelDirectory(Files.createDirectory(directory.resolve("model")));
    model.writeSpecification(specification, data);
    NetworkSpec network = data.network();
    WeightsFile.write(model.weights(), network, network.initialParameters(1));
    Files.delete(directory.resolve("train.csv")); // a model goes without its data
  }

  private int predict(TestingShell shell, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "predict";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Drey.run(
        (run, listener, stop) -> {
          throw new AssertionError("nothing should be trained");
        },
        exchange -> new TestingWorker(),
        shell.shell(),
        all);
  }

  @Test
  void predictionsAreALinePerExample() throws IOException {
    Files.writeString(directory.resolve("new.csv"), "x\n1\n3\n");
    TestingShell shell = new TestingShell(directory);

    int code = predict(shell, "model", "new.csv");

    assertThat(shell.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            row,class,output0,output1
            0,1,0.0,1.0
            1,0,1.0,0.0
            """);
  }

  @Test
  void labelsAreComparedOverAllRequests() throws IOException {
    String rows =
        IntStream.range(0, 2500)
            .mapToObj(i -> i + "," + i % 2 + "\n")
            .collect(Collectors.joining());
    Files.writeString(directory.resolve("new.csv"), "x,y\n" + rows);
    TestingShell shell = new TestingShell(directory);

    int code = predict(shell, "model", "new.csv", "--out", "scored.csv");

    assertThat(code).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isEqualTo("accuracy 0.5000, loss 0.2500\n");
    assertThat(directory.resolve("scored.csv")).content().hasLineCount(2501).contains("\n2499,0,");
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    Files.writeString(directory.resolve("bad.csv"), "z\n1\n");

    assertFails("no-such: ", "model", "no-such");
    assertFails("bad.csv: has no column \"x\"; it has [z]", "model", "bad.csv");
    assertFails("nothing/spec.yaml: does not exist", "nothing", "bad.csv");
    Files.delete(directory.resolve("model/weights.npz"));
    assertFails("weights.npz", "model", "bad.csv");
  }

  private void assertFails(String expected, String... arguments) {
    TestingShell shell = new TestingShell(directory);
    assertThat(predict(shell, arguments)).isEqualTo(2);
    assertThat(shell.err()).startsWith("drey: ").contains(expected);
  }
}
