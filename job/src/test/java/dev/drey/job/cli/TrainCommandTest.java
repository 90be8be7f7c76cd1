package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.model.Summary;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.GenerationIndex;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.resume.RunLock;
import dev.drey.job.resume.TestingCheckpoint;
import dev.drey.job.run.Outcome;
import dev.drey.job.run.Outcome.Ending;
import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.RunFailedException;
import dev.drey.job.run.StoppedException;
import dev.drey.job.run.TrainingRun;
import dev.drey.job.specification.RunSpecification;
import dev.drey.operators.loop.Generation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  private static final Summary SUMMARY =
      new Summary(
          0.5, 0.7, 10, 10, 40, 40, Map.of(), 0, 1.5, 26.7, 20, 2, 300, 0.0001, "ab12", "cd34",
          Map.of());

  private static final String SPEC =
      """
      network:
        layers:
          - dense: {units: 2}
      data:
        format: csv
        file: flights.csv
        feature-columns: [distance]
        label-columns: [late]
        test: {fraction: 0}
      """;

  @TempDir private Path directory;
  private final List<PreparedRun> runs = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(directory.resolve("flights.csv"), "distance,late\n1,0\n2,1\n3,0\n4,1\n");
    Files.writeString(directory.resolve("flights.yaml"), SPEC);
  }

  /** A run of flights.yaml that ended without a model, with a checkpoint. */
  private Path brokenRun() throws IOException {
    train(new TestingShell(directory), Ending.FINISHED, "train", "flights.yaml", "--out", "run");
    runs.clear();
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    TestingCheckpoint.write(run.resolve("checkpoints/a/chk-7"));
    return run;
  }

  private int train(TestingShell shell, Ending ending, String... arguments) {
    TrainingRun training =
        (run, listener, stop) -> {
          runs.add(run);
          listener.started(URI.create("http://127.0.0.1:8081"));
          return new Outcome(ending, SUMMARY);
        };
    return Drey.run(training, exchange -> null, shell.shell(), arguments);
  }

  @Test
  void trainingLeavesItsSpecificationInARunDirectory() throws Exception {
    TestingShell shell = new TestingShell(directory);

    int code =
        train(shell, Ending.FINISHED, "train", "flights.yaml", "-D", "rest.port=8082", "-Da.b=c=d");

    Path run = directory.resolve("runs/flights-20261122-123456");
    assertThat(shell.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(shell.out().lines())
        .containsExactly(
            "web UI http://127.0.0.1:8081",
            "test accuracy 0.500 after 10 steps in 1.5 s: 20 invocations, would have cost $0.0001"
                + " on AWS Lambda; model in runs/flights-20261122-123456");
    assertThat(runs.get(0).directory()).isEqualTo(run);
    assertThat(runs.get(0).flinkOptions()).isEqualTo(Map.of("rest.port", "8082", "a.b", "c=d"));
    assertThat(RunSpecification.readBack(run.resolve("spec.yaml")))
        .isEqualTo(runs.get(0).input().resolved(runs.get(0).specification()));
  }

  @Test
  void aSecondRunInTheSameSecondGetsAnotherDirectory() {
    train(new TestingShell(directory), Ending.FINISHED, "train", "flights.yaml");
    train(new TestingShell(directory), Ending.FINISHED, "train", "flights.yaml");

    assertThat(runs.get(1).directory())
        .isEqualTo(directory.resolve("runs/flights-20261122-123456-2"));
  }

  @Test
  void optionsGoBeforeTheSpecification() {
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--out",
            "here",
            "--set",
            "workers.count=3",
            "--set",
            "name=other");

    assertThat(code).isZero();
    assertThat(runs.get(0).directory()).isEqualTo(directory.resolve("here"));
    assertThat(runs.get(0).specification().workers().count()).isEqualTo(3);
    assertThat(runs.get(0).specification().name()).isEqualTo("other");
  }

  @Test
  void anInterruptedRunIs130AndASpentBudgetIsNone() {
    assertThat(train(new TestingShell(directory), Ending.INTERRUPTED, "train", "flights.yaml"))
        .isEqualTo(130);
    assertThat(train(new TestingShell(directory), Ending.BUDGET_SPENT, "train", "flights.yaml"))
        .isZero();
  }

  @Test
  void everyFaultIsPrintedAndNothingStarts() throws IOException {
    Files.writeString(
        directory.resolve("bad.yaml"), SPEC.replace("units: 2", "units: 0") + "budget: {x: 1}\n");
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "bad.yaml");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            """
            drey: bad.yaml has 2 faults
              network.layers[0].dense.units: is 0, must be a whole number of at least 1 (line 3)
              budget.x: is not a key of this section; its keys are dollars, steps (line 10)
            """);
    assertThat(runs).isEmpty();
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void aSecretOptionInTheClearIsRefusedBeforeAnythingStarts() {
    TestingShell shell = new TestingShell(directory);

    int code =
        train(shell, Ending.FINISHED, "train", "flights.yaml", "-D", "s3.secret-key=hunter2");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains("-D s3.secret-key: is given in the clear")
        .contains("must be '{env: NAME}' or '{file: PATH}'")
        .doesNotContain("hunter2");
    assertThat(runs).isEmpty();
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void aSecretOptionIsReadFromAFileAndLeavesNoTrace() throws IOException {
    Files.writeString(directory.resolve("key"), "hunter2\n");
    TestingShell shell = new TestingShell(directory);

    int code =
        train(shell, Ending.FINISHED, "train", "flights.yaml", "-Ds3.secret-key={file: key}");

    assertThat(shell.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(runs.get(0).flinkOptions()).isEqualTo(Map.of("s3.secret-key", "hunter2"));
    try (Stream<Path> files = Files.walk(runs.get(0).directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("hunter2");
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAFault() {
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "flights.yaml", "--out", "flights.csv/x");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains("--out: is " + directory.resolve("flights.csv/x") + ", which cannot be made");
  }

  @Test
  void anotherRunsModelIsNotOverwritten() throws IOException {
    Files.createDirectory(directory.resolve("old"));
    Files.createFile(directory.resolve("old/weights.npz"));
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "flights.yaml", "--out", "old");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err()).contains("which holds the model of another run");
  }

  @Test
  void theUsersOwnFilesAreNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("spec.yaml"), SPEC + "# mine\n");
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "spec.yaml", "--out", ".");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains(
            "--out: is "
                + directory
                + ", which is not a run's and holds flights.csv, flights.yaml, spec.yaml; choose a"
                + " new or an empty directory");
    assertThat(directory.resolve("spec.yaml")).content().endsWith("# mine\n");
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("flights.csv", "flights.yaml", "spec.yaml");
  }

  @Test
  void aRunMayTakeAnEmptyDirectoryOrThatOfARunWithoutModelAndCheckpoint() throws IOException {
    Files.createDirectory(directory.resolve("x"));

    for (int i = 0; i < 2; i++) {
      TestingShell shell = new TestingShell(directory);
      assertThat(train(shell, Ending.FINISHED, "train", "flights.yaml", "--out", "x"))
          .as(shell.err())
          .isZero();
    }
  }

  @Test
  void aRunThatCanGoOnIsNotBegunAnew() throws IOException {
    Path run = brokenRun();
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "flights.yaml", "--out", "run");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains(
            "--out: is " + run + ", which holds a run that has not ended: go on with --resume");
    assertThat(runs).isEmpty();
  }

  @Test
  void aRunGoesOnFromAnOlderCheckpointAndSaysWhichIsDamagedAndWhy() throws IOException {
    Path run = brokenRun();
    Path damaged = TestingCheckpoint.write(run.resolve("checkpoints/a/chk-8"));
    TestingCheckpoint.cutMetadata(damaged);
    TestingShell shell = new TestingShell(directory);

    int code = train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", "run");

    assertThat(code).isZero();
    assertThat(shell.err().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .startsWith(
                      "drey: checkpoint "
                          + damaged
                          + " is damaged: its _metadata cannot be read: ");
              assertThat(lines.get(1))
                  .isEqualTo(
                      "drey: going on from the older checkpoint "
                          + run.resolve("checkpoints/a/chk-7"));
            });
    assertThat(runs.get(0).resumed().orElseThrow().checkpoint())
        .isEqualTo(run.resolve("checkpoints/a/chk-7"));
  }

  @Test
  void aFailedRunIsOneAndSaysWhereToLook() {
    TestingShell shell = new TestingShell(directory);
    TrainingRun training =
        (run, listener, stop) -> {
          throw new RunFailedException("step 3, slot 1: worker died", null);
        };

    int code = Drey.run(training, e -> null, shell.shell(), "train", "flights.yaml", "--out", "x");

    assertThat(code).isEqualTo(1);
    assertThat(shell.err())
        .isEqualTo("drey: the run failed: step 3, slot 1: worker died\ndrey: more in x/drey.log\n");
  }

  @Test
  void aRunGoesOnInItsDirectoryWithOtherKeysThatTheStateAllows() throws IOException {
    Path run = brokenRun();
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--resume",
            "run",
            "--set",
            "training.epochs=20");

    assertThat(shell.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(runs.get(0).directory()).isEqualTo(run);
    assertThat(runs.get(0).resumed())
        .contains(
            new ResumePoint(
                run.resolve("checkpoints/a/chk-7"), ResumePoint.Owner.RUN, Optional.empty()));
    assertThat(run.resolve("spec.yaml")).content().contains("epochs: 20");
  }

  @Test
  void aRunOfAutoGoesOnWithTheStructureOfItsCheckpoint() throws IOException {
    String[] auto = {"--set", "workers.count=4", "--set", "aggregation.structure=auto"};
    Path run = directory.resolve("run");
    train(
        new TestingShell(directory),
        Ending.FINISHED,
        args(auto, "train", "flights.yaml", "--out", "run"));
    assertThat(run.resolve("spec.yaml")).content().contains("structure: auto", "planned: [1, 4]");
    JobID job = new JobID();
    Generation later = new Generation(1, Structure.of(1, 2, 4), 3);
    new GenerationIndex(run).add(later, job);
    Path checkpoints = run.resolve("checkpoints").resolve(job.toHexString());
    new CheckpointIndex(run).add(checkpoints);
    TestingCheckpoint.write(checkpoints.resolve("chk-7"));
    TestingShell shell = new TestingShell(directory);

    int code =
        train(shell, Ending.FINISHED, args(auto, "train", "flights.yaml", "--resume", "run"));

    assertThat(code).as(shell.err()).isZero();
    assertThat(runs.get(1).resumed().orElseThrow().generation()).contains(later);
    assertThat(runs.get(1).specification().aggregation().structure()).isEqualTo(later.structure());
    assertThat(run.resolve("spec.yaml")).content().contains("planned: [1, 2, 4]");
  }

  private static String[] args(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void runStartsFromTheWeightsThatItNames() throws Exception {
    train(new TestingShell(directory), Ending.FINISHED, "train", "flights.yaml", "--out", "first");
    NetworkSpec network = runs.get(0).input().network();
    float[] weights = {1, 2, 3, 4};
    WeightsFile.write(directory.resolve("first/weights.npz"), network, weights);
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--out=second",
            "--set",
            "network.init-from=first");

    assertThat(code).as(shell.err()).isZero();
    assertThat(runs.get(0).pretrained()).isEmpty();
    assertThat(runs.get(1).pretrained().orElseThrow().read()).isEqualTo(weights);
    assertThat(directory.resolve("second/spec.yaml"))
        .content()
        .contains("init-from: " + directory.resolve("first"));
  }

  @Test
  void weightsThatDoNotFitAreAFaultEach() throws Exception {
    train(new TestingShell(directory), Ending.FINISHED, "train", "flights.yaml", "--out", "first");
    Path file = directory.resolve("start.npz");
    WeightsFile.write(file, runs.get(0).input().network(), new float[4]);
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--set",
            "network.init-from=start.npz",
            "--set",
            "network.layers=[{dense: {units: 3}}]");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            """
            drey: flights.yaml has 2 faults
              network.init-from: %1$s: tensor 0.kernel would get shape [1, 2] from 0.kernel, must\
             be [1, 3]
              network.init-from: %1$s: tensor 0.bias would get shape [2] from 0.bias, must be [3]
            """
                .formatted(file));
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void runThatGoesOnDoesNotNeedTheWeightsThatItStartedFrom() throws IOException {
    brokenRun();
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--resume",
            "run",
            "--set",
            "network.init-from=gone.npz");

    assertThat(code).as(shell.err()).isZero();
    assertThat(runs.get(0).pretrained()).isEmpty();
  }

  @Test
  void whatDoesNotFitTheStateIsAFaultEach() throws IOException {
    Path run = brokenRun();
    TestingShell shell = new TestingShell(directory);

    int code =
        train(
            shell,
            Ending.FINISHED,
            "train",
            "flights.yaml",
            "--resume",
            "run",
            "--set",
            "training.mini-batch=32",
            "--set",
            "training.seed=2");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            """
            drey: flights.yaml has 2 faults
              training.mini-batch: is 32, must be as in %1$s: 64
              training.seed: is 2, must be as in %1$s: 1
            """
                .formatted(run.resolve("spec.yaml")));
    assertThat(runs).isEmpty();
    assertThat(run.resolve("spec.yaml")).content().contains("seed: 1");
  }

  @Test
  void dataThatHaveChangedSinceTheRunBeganAreRefused() throws IOException {
    Path run = brokenRun();
    Path data = directory.resolve("flights.csv");
    String reordered = "distance,late\n2,1\n1,0\n3,0\n4,1\n";
    assertThat(Files.readString(data)).hasSameSizeAs(reordered);
    Files.writeString(data, reordered);

    for (String from : List.of("run", "run/checkpoints/a/chk-7")) {
      TestingShell shell = new TestingShell(directory);
      assertThat(train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", from))
          .isEqualTo(2);
      assertThat(shell.err())
          .containsPattern(
              "data.file: is \\S*/flights.csv of 30 bytes, CRC-32C [0-9a-f]{8}; the run began with"
                  + " \\S*/flights.csv of 30 bytes, CRC-32C [0-9a-f]{8}")
          .contains(run.resolve("data-files.json").toString());
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void aRunFromBeforeItsDataWereRecordedGoesOn() throws IOException {
    Path run = brokenRun();
    Files.delete(run.resolve("data-files.json"));
    TestingShell shell = new TestingShell(directory);

    assertThat(train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", "run"))
        .as(shell.err())
        .isZero();
    assertThat(run.resolve("data-files.json")).content().contains("\"key\" : \"data.file\"");
  }

  @Test
  void aCheckpointStartsANewRunAndMustFitTheRunItLiesIn() throws IOException {
    brokenRun();
    String checkpoint = directory.resolve("run/checkpoints/a/chk-7").toUri().toString();
    TestingShell shell = new TestingShell(directory);

    assertThat(
            train(
                shell, Ending.FINISHED, "train", "flights.yaml", "--resume", checkpoint, "--out=x"))
        .as(shell.err())
        .isZero();
    assertThat(runs.get(0).directory()).isEqualTo(directory.resolve("x"));
    assertThat(runs.get(0).resumed().orElseThrow().owner()).isEqualTo(ResumePoint.Owner.USER);
    assertThat(
            train(
                shell,
                Ending.FINISHED,
                "train",
                "flights.yaml",
                "--resume",
                checkpoint,
                "--set",
                "training.seed=2"))
        .isEqualTo(2);
    assertThat(shell.err()).contains("training.seed: is 2, must be as in ");
  }

  @Test
  void anotherDirectoryThanTheRunsIsRefused() throws IOException {
    Path run = brokenRun();
    TestingShell shell = new TestingShell(directory);

    int code =
        train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", "run", "--out", "other");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains("--out: is " + directory.resolve("other") + ", but --resume goes on in " + run);
    assertThat(directory.resolve("other")).doesNotExist();
  }

  @Test
  void aRunThatIsStillGoingOnIsRefused() throws IOException {
    Path run = brokenRun();
    TestingShell shell = new TestingShell(directory);
    try (RunLock other = RunLock.tryTake(run).orElseThrow()) {
      assertThat(other).isNotNull();

      assertThat(train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", "run"))
          .isEqualTo(2);
      assertThat(train(shell, Ending.FINISHED, "train", "flights.yaml", "--out", "run"))
          .isEqualTo(2);
    }
    assertThat(shell.err())
        .contains("--resume: is " + run + ", where another drey train is running")
        .contains("--out: is " + run + ", where another drey train is running");
    assertThat(runs).isEmpty();
    train(shell, Ending.FINISHED, "train", "flights.yaml", "--resume", "run");
    assertThat(runs).hasSize(1);
  }

  @Test
  void aFailedRunWithACheckpointSaysHowToGoOn() throws IOException {
    brokenRun();
    TestingShell shell = new TestingShell(directory);
    TrainingRun training =
        (run, listener, stop) -> {
          throw new RunFailedException("worker died", null);
        };

    int code =
        Drey.run(training, e -> null, shell.shell(), "train", "flights.yaml", "--resume", "run");

    assertThat(code).isEqualTo(1);
    assertThat(shell.err()).endsWith("\ndrey: to go on: drey train flights.yaml --resume run\n");
  }

  @Test
  void aRunThatFlinkStoppedIsThreeAndSaysWhereTheSavepointIs() {
    TestingShell shell = new TestingShell(directory);
    TrainingRun training =
        (run, listener, stop) -> {
          throw new StoppedException(12, "file:/s/savepoint-1");
        };

    int code = Drey.run(training, e -> null, shell.shell(), "train", "flights.yaml", "--out", "x");

    assertThat(code).isEqualTo(3);
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            stopped after 12 steps, with a savepoint in file:/s/savepoint-1
            drey: to go on: drey train flights.yaml --resume file:/s/savepoint-1 --out x
            """);
  }
}
