package dev.drey.job.cli.cluster;

import dev.drey.job.cli.shell.Shell;
import dev.drey.job.cluster.ClusterSettings;
import dev.drey.job.flink.FlinkOptions;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a cluster on this machine. */
final class ClusterOptions {

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "where all its files are (default: drey-cluster here)")
  private Path directory = Path.of("drey-cluster");

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      description = "of Flink's web UI (default: 8081, or a free one)")
  private int webPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "of the Kafka broker (default: 9092, or a free one)")
  private int kafkaPort;

  @Option(
      names = "--lambda-port",
      paramLabel = "PORT",
      description = "of the Lambda service (default: 9001, or a free one)")
  private int lambdaPort;

  @Option(
      names = "--workers",
      paramLabel = "COUNT",
      description = "most worker processes at once (default: one per processor core)")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description = "of one worker, MB (default: ${DEFAULT-VALUE})")
  private int memoryMb = 1769;

  @Option(
      names = "--files",
      paramLabel = "PATH",
      description =
          "a file or directory that workers may open; can be repeated (default: the current"
              + " directory)")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "an option of Flink's processes; a secret as '{env: NAME}' or '{file: PATH}'")
  private Map<String, String> flinkOptions = new LinkedHashMap<>();

  Path directory(Shell shell) {
    return shell.directory().resolve(directory).normalize();
  }

  /**
   * The settings, with the secrets that options refer to.
   *
   * @throws SpecificationException if a secret is given in the clear, or cannot be read
   */
  ClusterSettings settings(Shell shell) throws SpecificationException {
    return new ClusterSettings(
        directory(shell),
        shell.home(),
        new ClusterSettings.Ports(webPort, kafkaPort, lambdaPort),
        workers,
        memoryMb,
        files(shell),
        FlinkOptions.resolve(flinkOptions, shell.directory()));
  }

  private List<Path> files(Shell shell) {
    List<Path> given = files.isEmpty() ? List.of(Path.of("")) : files;
    return given.stream().map(file -> shell.directory().resolve(file).normalize()).toList();
  }

  /**
   * The same options as arguments for another process.
   *
   * @throws SpecificationException if a secret is given in the clear
   */
  List<String> arguments(Shell shell) throws SpecificationException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--directory=" + directory(shell),
                "--web-port=" + webPort,
                "--kafka-port=" + kafkaPort,
                "--lambda-port=" + lambdaPort,
                "--workers=" + workers,
                "--memory=" + memoryMb));
    files(shell).forEach(file -> arguments.add("--files=" + file));
    FlinkOptions.absolute(flinkOptions, shell.directory())
        .forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    return arguments;
  }
}
