package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.cli.shell.TestingShell;
import dev.drey.job.run.Curve;
import dev.drey.job.run.Leftovers;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in a process of its own: how it ends, and that all else ends with it. */
@Timeout(600)
class ProgramITCase {

  private static final int STEPS = 5;

  @TempDir private Path directory;
  private Program program;

  @BeforeEach
  void startALongRun() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
    program =
        Program.start(
            directory,
            List.of("train", "small.yaml", "--out", "run", "--set", "training.epochs=100000"));
    program.awaitSteps("run", STEPS);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void nothingOutlivesAKilledProgram() throws Exception {
    Process process = program.process();
    assertThat(Leftovers.workers(process.toHandle())).hasSize(2);
    assertThat(Leftovers.exchanges(process.pid())).hasSize(1);

    program.kill();

    assertThat(directory.resolve("run/weights.npz")).doesNotExist();
  }

  @Test
  void controlCSavesTheModelAndEndsWith130() throws Exception {
    Process process = program.process();
    List<ProcessHandle> workers = Leftovers.workers(process.toHandle());

    program.signal("INT");

    int code = program.code();
    List<String> said = program.said();
    assertThat(code).as(said.toString()).isEqualTo(130);
    assertThat(said)
        .contains("stopping after this step, to save the model (again: at once)")
        .last()
        .asString()
        .startsWith("interrupted: ")
        .endsWith("model in run");
    assertThat(directory.resolve("run/weights.npz")).exists();
    assertThat(directory.resolve("run/summary.json")).exists();
    assertThat(Curve.read(directory.resolve("run/curve.csv")).last("step"))
        .isGreaterThanOrEqualTo(STEPS);
    assertThat(workers).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(Leftovers.exchanges(process.pid())).isEmpty();
  }

  @Test
  void aRunThatIsGoingOnIsNotResumed() throws Exception {
    TestingShell shell = new TestingShell(directory);
    TrainingRun never =
        (run, listener, stop) -> {
          throw new AssertionError("started");
        };

    int code = Drey.run(never, e -> null, shell.shell(), "train", "small.yaml", "--resume", "run");

    assertThat(code).isEqualTo(2);
    assertThat(shell.err())
        .contains(
            "--resume: is " + directory.resolve("run") + ", where another drey train is running");
  }
}
