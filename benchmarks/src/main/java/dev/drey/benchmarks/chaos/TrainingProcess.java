package dev.drey.benchmarks.chaos;

import dev.drey.benchmarks.measure.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program under test, which can be killed and resumed. */
final class TrainingProcess implements AutoCloseable {

  private static final String HEAP = "-Xmx1g";
  private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(2);

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

  /** Kills the program with SIGKILL. */
  void kill() {
    child.kill();
  }

  /** Starts another program that resumes the run. */
  void resume(Duration outage) throws IOException {
    child = start(outage, "--resume");
  }

  /**
   * Tries to resume the run, which must be refused.
   *
   * @param reason a part of the message
   * @throws IOException if it goes on, or ends with another message
   */
  void resumeInVain(Duration outage, String reason) throws IOException, InterruptedException {
    resume(outage);
    try {
      child.await(LONGEST_REFUSAL);
    } catch (IOException e) {
      if (!child.isAlive() && child.lastLines().contains(reason)) {
        child.close();
        return;
      }
      throw e;
    }
    throw new IOException("the run was resumed, must be refused because of " + reason);
  }

  /** Its workers. */
  List<ProcessHandle> workers() {
    return child.descendants();
  }

  /** The metadata of complete checkpoints, the oldest first. */
  List<Path> checkpoints() throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(checkpoints, 3, (p, a) -> p.endsWith("_metadata"))) {
      return files.sorted(Comparator.comparingLong(file -> file.toFile().lastModified())).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // a file was deleted meanwhile
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
