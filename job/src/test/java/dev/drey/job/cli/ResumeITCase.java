package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.run.Curve;
import dev.drey.job.run.SmallRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program is killed, and goes on to the same end. */
@Timeout(600)
class ResumeITCase {

  private static final int STEPS = 400;

  @TempDir private Path directory;

  @BeforeEach
  void writeSpecification() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
  }

  private Program train(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "small.yaml"));
    for (String set :
        List.of("training.mini-batch=100", "training.epochs=10", "checkpoints.interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    return Program.start(directory, arguments);
  }

  private Path run(String name) {
    return directory.resolve(name);
  }

  private void trainToTheEnd(String... more) throws Exception {
    try (Program program = train(more)) {
      assertThat(program.code()).as(program.said().toString()).isZero();
    }
  }

  /** Kills a run some steps after a checkpoint that was not there before. */
  private void killAfterACheckpoint(Program program, String run, int steps) throws Exception {
    CheckpointIndex index = new CheckpointIndex(run(run));
    var before = index.newest();
    program.awaitAlive("a checkpoint", () -> !index.newest().equals(before));
    int rows = Files.readAllLines(run(run).resolve("curve.csv")).size();
    program.awaitSteps(run, rows + steps);
    program.kill();
    assertThat(run(run).resolve("weights.npz")).doesNotExist();
  }

  @Test
  void aRunThatIsKilledTwiceEndsAsIfNothingHadBeen() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    trainToTheEnd("--out", "calm");
    try (Program first = train("--out", "run")) {
      killAfterACheckpoint(first, "run", random.nextInt(30));
    }
    try (Program second = train("--resume", "run")) {
      killAfterACheckpoint(second, "run", random.nextInt(30));
    }
    trainToTheEnd("--resume", "run", "-D", "parallelism.default=1");

    JsonNode calm = Program.summary(run("calm"));
    JsonNode resumed = Program.summary(run("run"));
    for (String same :
        List.of("weightsSha256", "optimizerSha256", "steps", "examples", "testAccuracy")) {
      assertThat(resumed.path(same)).as(same + ", seed " + seed).isEqualTo(calm.path(same));
    }
    assertThat(run("run").resolve("weights.npz"))
        .hasSameBinaryContentAs(run("calm").resolve("weights.npz"));
    assertThat(run("run").resolve("optimizer.npz"))
        .hasSameBinaryContentAs(run("calm").resolve("optimizer.npz"));
    Curve curve = Curve.read(run("run").resolve("curve.csv"));
    assertThat(curve.column("step")).containsExactlyElementsOf(upTo(STEPS));
    assertThat(curve.column("loss"))
        .isEqualTo(Curve.read(run("calm").resolve("curve.csv")).column("loss"));
    for (String growing : List.of("seconds", "billed_ms", "dollars")) {
      assertThat(curve.column(growing)).isSortedAccordingTo(Comparator.naturalOrder());
    }
    assertThat(Curve.read(run("run").resolve("evaluations.csv")).column("accuracy"))
        .isEqualTo(Curve.read(run("calm").resolve("evaluations.csv")).column("accuracy"));
    assertThat(run("run").toFile().list())
        .doesNotContain("checkpoints", "checkpoints.txt", "flink-tmp", "exchange");
  }

  private static List<Double> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList();
  }
}
