package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.run.Curve;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.run.SmallRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program is killed, and goes on to the same end. */
@Timeout(600)
class ResumeITCase {

  private static final long MORE_STEPS = 40;

  @TempDir private Path directory;

  @BeforeEach
  void writeSpecification() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
  }

  /** So long that the run is killed before its end, however slow its checkpoints are. */
  private Program train(String... more) throws Exception {
    return Program.start(directory, arguments(more));
  }

  private static List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "small.yaml"));
    for (String set :
        List.of(
            "training.mini-batch=100", "training.epochs=100000", "checkpoints.interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Path run(String name) {
    return directory.resolve(name);
  }

  /** Trains for so many steps, in this process, on threads. */
  private void trainCalmly(long steps) {
    TestingShell shell = new TestingShell(directory, Clock.systemUTC());
    int code =
        Drey.run(
            new LocalTraining(SmallRun.HOME),
            exchange -> null,
            shell.shell(),
            arguments(
                    "--out=calm", "--set=budget.steps=" + steps, "--set=workers.runtime=in-process")
                .toArray(new String[0]));
    assertThat(code).as(shell.err()).isZero();
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

  @Tag("full")
  @Test
  void aRunThatIsKilledTwiceEndsAsIfNothingHadBeen() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Program first = train("--out", "run")) {
      killAfterACheckpoint(first, "run", random.nextInt(30));
    }
    try (Program second = train("--resume", "run")) {
      killAfterACheckpoint(second, "run", random.nextInt(30));
    }
    long steps = Files.readAllLines(run("run").resolve("curve.csv")).size() + MORE_STEPS;
    try (Program last =
        train("--resume=run", "--set=budget.steps=" + steps, "-D", "parallelism.default=1")) {
      assertThat(last.code()).as(last.said().toString()).isZero();
    }
    trainCalmly(steps);

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
    assertThat(curve.column("step")).containsExactlyElementsOf(upTo(steps));
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

  private static List<Double> upTo(long count) {
    return LongStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList();
  }
}
