package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions by the function that the worker module built. */
class PredictITCase {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final String SPEC =
      """
      network:
        layers:
          - dense: {units: 2}
      data:
        format: csv
        file: train.csv
        feature-columns: [a, b]
        label-columns: [y]
      """;

  /** Kernel [2, 2] in C order, then bias [2]: outputs are b and a + 10. */
  private static final float[] SWAP = {0, 1, 1, 0, 0, 10};

  @TempDir private Path directory;

  @Test
  void theModelAnswersAsItsWeightsSay() throws Exception {
    Files.writeString(directory.resolve("train.csv"), "a,b,y\n1,2,1\n30,70,0\n5,6,0\n");
    Path spec = Files.writeString(directory.resolve("spec.yaml"), SPEC);
    RunSpecification specification = RunSpecification.read(spec, Map.of());
    PreparedData data = PreparedData.open(specification);
    ModelDirectory model = new ModelDirectory(Files.createDirectory(directory.resolve("model")));
    model.writeSpecification(specification, data);
    WeightsFile.write(model.weights(), data.network(), SWAP);
    TestingShell shell = new TestingShell(directory, Clock.systemUTC());

    int code =
        Drey.run(
            (run, listener, stop) -> {
              throw new AssertionError("nothing should be trained");
            },
            exchange -> Drey.worker(HOME, exchange),
            shell.shell(),
            "predict",
            "model",
            "train.csv");

    assertThat(shell.out())
        .as(shell.err())
        .isEqualTo(
            """
            row,class,output0,output1
            0,1,2.0,11.0
            1,0,70.0,40.0
            2,1,6.0,15.0
            """);
    assertThat(shell.err()).startsWith("accuracy 0.6667, loss ");
    assertThat(code).isZero();
  }
}
