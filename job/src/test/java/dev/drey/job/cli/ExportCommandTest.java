package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.onnx.ServedModel;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCommandTest {

  private static final String SPEC =
      """
      name: swap
      network:
        layers:
          - dense: {units: 2}
      data:
        format: csv
        file: train.csv
        feature-columns: [a, b]
        label-columns: [y]
        normalization: {fixed: {mean: [1, 2], deviation: [2, 4]}}
      """;

  /** Kernel [2, 2] in C order, then bias [2]: outputs are b and a + 10, once normalised. */
  private static final float[] SWAP = {0, 1, 1, 0, 0, 10};

  @TempDir private Path directory;

  @BeforeEach
  void trainAModel() throws Exception {
    Files.writeString(directory.resolve("train.csv"), "a,b,y\n1,0,0\n2,1,1\n");
    Path spec = Files.writeString(directory.resolve("spec.yaml"), SPEC);
    RunSpecification specification = RunSpecification.read(spec, Map.of());
    PreparedData data = PreparedData.open(specification);
    ModelDirectory model = new ModelDirectory(Files.createDirectory(directory.resolve("model")));
    model.writeSpecification(specification, data);
    WeightsFile.write(model.weights(), data.network(), SWAP);
    Files.delete(directory.resolve("train.csv")); // a model goes without its data
  }

  private int export(TestingShell shell, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "export";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Drey.run(
        (run, listener, stop) -> {
          throw new AssertionError("nothing should be trained");
        },
        exchange -> {
          throw new AssertionError("nothing should be computed");
        },
        shell.shell(),
        all);
  }

  @Test
  void modelIsServedByAnotherProgram() throws Exception {
    TestingShell shell = new TestingShell(directory);

    int code = export(shell, "model");

    assertThat(shell.err()).isEmpty();
    assertThat(code).isZero();
    Path file = directory.resolve("model/model.onnx");
    assertThat(shell.out()).isEqualTo(file + "\n");
    try (ServedModel served = new ServedModel(Files.readAllBytes(file))) {
      assertThat(served.outputs(2, new float[] {1, 2, 5, -6}))
          .isDeepEqualTo(new float[][] {{0, 10}, {-2, 12}});
      assertThat(served.session().getMetadata().getCustomMetadata())
          .containsEntry("drey.run", "swap");
    }
  }

  @Test
  void fileMayBeNamed() {
    TestingShell shell = new TestingShell(directory);

    assertThat(export(shell, "model", "--out", "other.onnx")).as(shell.err()).isZero();
    assertThat(directory.resolve("other.onnx")).isNotEmptyFile();
    assertThat(directory.resolve("model/model.onnx")).doesNotExist();
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    assertFails("nothing/spec.yaml: does not exist", "nothing");
    assertFails("no-such", "model", "--out", "no-such/model.onnx");
    Files.delete(directory.resolve("model/weights.npz"));
    assertFails("weights.npz", "model");
  }

  private void assertFails(String expected, String... arguments) {
    TestingShell shell = new TestingShell(directory);
    assertThat(export(shell, arguments)).isEqualTo(2);
    assertThat(shell.err()).startsWith("drey: ").contains(expected);
  }
}
