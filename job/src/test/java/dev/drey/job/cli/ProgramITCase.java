package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.run.Curve;
import dev.drey.job.run.Leftovers;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in a process of its own: how it ends, and that all else ends with it. */
@Timeout(120)
class ProgramITCase {

  private static final int STEPS = 5;

  @TempDir private Path directory;
  private Path out;
  private Process process;

  @BeforeEach
  void startALongRun() throws Exception {
    SmallRun.specification(directory.resolve("small.yaml"));
    out = directory.resolve("out.txt");
    // What runs in a shell's background ignores Ctrl-C, and so does all that it starts.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-opens=java.base/java.util=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Ddrey.home=" + SmallRun.HOME);
    command.add(Drey.class.getName());
    command.addAll(List.of("train", "small.yaml", "--out", "run"));
    command.addAll(List.of("--set", "training.epochs=100000"));
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    Path curve = directory.resolve("run/curve.csv");
    Watch.until(
        "step " + STEPS,
        () -> {
          assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
          return Files.exists(curve) && Files.readAllLines(curve).size() > STEPS;
        });
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void nothingOutlivesAKilledProgram() throws Exception {
    List<ProcessHandle> workers = Leftovers.workers(process.toHandle());
    assertThat(workers).hasSize(2);
    assertThat(Leftovers.exchanges(process.pid())).hasSize(1);

    process.destroyForcibly();

    for (ProcessHandle worker : workers) {
      worker.onExit().get(30, TimeUnit.SECONDS);
    }
    Watch.until(
        "the exchange directory is gone", () -> Leftovers.exchanges(process.pid()).isEmpty());
    assertThat(directory.resolve("run/weights.npz")).doesNotExist();
  }

  @Test
  void controlCSavesTheModelAndEndsWith130() throws Exception {
    List<ProcessHandle> workers = Leftovers.workers(process.toHandle());

    signal("INT");

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> said = Files.readAllLines(out);
    assertThat(process.exitValue()).as(said.toString()).isEqualTo(130);
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
}
