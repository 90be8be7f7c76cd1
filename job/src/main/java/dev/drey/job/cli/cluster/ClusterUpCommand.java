package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterFile;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the cluster in the background, and prints its addresses. */
@Command(
    name = "up",
    description = "Starts the cluster, if it is not up yet, and prints its addresses.")
final class ClusterUpCommand implements Callable<Integer> {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int POLL_MILLIS = 100;
  private static final int SHOWN_LINES = 20;

  @Mixin private ClusterOptions options = new ClusterOptions();

  private final Shell shell;
  private final String program;

  /**
   * A command that starts another process.
   *
   * @param program the main class of the command line
   */
  ClusterUpCommand(Shell shell, String program) {
    this.shell = shell;
    this.program = program;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = options.directory(shell);
    List<String> arguments;
    try {
      arguments = options.arguments(shell);
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    }
    Optional<ClusterFile> running = ClusterFile.read(directory);
    if (running.isEmpty()) {
      Path log = Files.createDirectories(directory.resolve("logs")).resolve("keeper.log");
      Files.deleteIfExists(log);
      Process keeper = startKeeper(directory, log, arguments);
      Thread halfStarted = new Thread(keeper::destroy, "half-started");
      Runtime.getRuntime().addShutdownHook(halfStarted);
      while (running.isEmpty()) {
        if (keeper.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          List<String> lines = Files.readAllLines(log);
          lines.stream()
              .skip(Math.max(0, lines.size() - SHOWN_LINES))
              .forEach(shell.err()::println);
          return ExitCode.FAILED;
        }
        running = ClusterFile.read(directory);
      }
      Runtime.getRuntime().removeShutdownHook(halfStarted);
    }
    ClusterCommand.print(running.get(), directory, shell);
    return ExitCode.DONE;
  }

  /** Starts the keeper without a terminal, so that Ctrl-C or the terminal's end does not end it. */
  private Process startKeeper(Path directory, Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dsun.net.httpserver.nodelay=true",
            "-Ddrey.home=" + shell.home(),
            "-cp",
            System.getProperty("java.class.path"),
            program,
            "cluster",
            "keep"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
