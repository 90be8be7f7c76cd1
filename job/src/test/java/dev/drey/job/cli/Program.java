package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.run.Leftovers;
import dev.drey.job.run.SmallRun;
import dev.drey.job.run.Watch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole program in a process of its own, called in some directory. */
final class Program implements Closeable {

  private static final int SECONDS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Path out;
  private final Process process;

  private Program(Path directory, Path out, Process process) {
    this.directory = directory;
    this.out = out;
    this.process = process;
  }

  /** Starts {@code drey}. */
  static Program start(Path directory, List<String> arguments) throws IOException {
    return start(directory, SmallRun.HOME, arguments);
  }

  /** Starts {@code drey} of a home. */
  static Program start(Path directory, Path home, List<String> arguments) throws IOException {
    // What runs in a shell's background ignores Ctrl-C, and so does all that it starts.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Ddrey.home=" + home);
    command.add(Drey.class.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile(directory, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    return new Program(directory, out, process);
  }

  Process process() {
    return process;
  }

  /** What it said so far, on both streams. */
  List<String> said() throws IOException {
    return Files.readAllLines(out);
  }

  /** Waits for a condition while the program lives. */
  void awaitAlive(String what, java.util.concurrent.Callable<Boolean> condition) throws Exception {
    Watch.until(
        what,
        () -> {
          assertThat(process.isAlive()).as(what + ": " + said()).isTrue();
          return condition.call();
        });
  }

  /** Waits until a run's curve has so many steps more than it had. */
  void awaitSteps(String run, long steps) throws Exception {
    Path curve = directory.resolve(run).resolve("curve.csv");
    awaitAlive(
        "step " + steps, () -> Files.exists(curve) && Files.readAllLines(curve).size() > steps);
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Kills it with kill -9; workers and files in memory must go too. */
  void kill() throws Exception {
    List<ProcessHandle> workers = Leftovers.workers(process.toHandle());
    process.destroyForcibly().waitFor();
    assertNothingIsLeft(workers);
  }

  void assertNothingIsLeft(List<ProcessHandle> workers) throws Exception {
    for (ProcessHandle worker : workers) {
      worker.onExit().get(SECONDS, TimeUnit.SECONDS);
    }
    Watch.until(
        "the exchange directory is gone", () -> Leftovers.exchanges(process.pid()).isEmpty());
  }

  /** Waits for its end; returns its exit code. */
  int code() throws Exception {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(said().toString()).isTrue();
    return process.exitValue();
  }

  static JsonNode summary(Path run) throws IOException {
    return JSON.readTree(run.resolve("summary.json").toFile());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
