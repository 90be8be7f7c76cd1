package dev.drey.benchmarks.chaos;

import dev.drey.benchmarks.measure.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program under test, which can be killed and resumed. */
final class TrainingProcess implements AutoCloseable {

  private static final String HEAP = "-Xmx1g";

  private final ChaosSite site;
  private final Path run;
  private ChildProcess child;

  /**
   * Starts it.
   *
   * @param run the run's directory
   * @param outage how long an outage of the store lasts
   */
  TrainingProcess(ChaosSite site, Path run, Duration outage) throws IOException {
    this.site = site;
    this.run = run;
    this.child = start(outage, "--out");
  }

  private ChildProcess start(Duration outage, String how) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-Ddrey.home=" + site.home());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChaosProgram.class.getName());
    command.add(site.function().toString());
    command.add(site.nativeCache().toString());
    command.add(String.valueOf(outage.toSeconds()));
    command.addAll(List.of("train", site.specification().toString(), how, run.toString()));
    command.addAll(List.of("-D", "rest.port=0"));
    command.addAll(List.of("-D", "restart-strategy.type=fixed-delay"));
    command.addAll(List.of("-D", "restart-strategy.fixed-delay.attempts=1000000"));
    command.addAll(List.of("-D", "restart-strategy.fixed-delay.delay=100 ms"));
    return new ChildProcess(command, site.directory(), line -> {});
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** Kills the program with SIGKILL and starts another that resumes its run. */
  void killAndResume(Duration outage) throws IOException {
    child.kill();
    child = start(outage, "--resume");
  }

  /** Its workers. */
  List<ProcessHandle> workers() {
    return child.descendants();
  }

  /** Whether there is a checkpoint to resume from. */
  boolean hasCheckpoint() throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.find(checkpoints, 3, (p, a) -> p.endsWith("_metadata"))) {
      return files.findAny().isPresent();
    } catch (UncheckedIOException e) {
      return false; // a file was deleted meanwhile
    }
  }

  void await(Duration limit) throws IOException, InterruptedException {
    child.await(limit);
  }

  String lastLines() {
    return child.lastLines();
  }

  @Override
  public void close() {
    child.close();
  }
}
