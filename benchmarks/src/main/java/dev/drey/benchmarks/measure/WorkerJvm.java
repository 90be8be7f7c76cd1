package dev.drey.benchmarks.measure;

import dev.drey.connectors.lambda.local.WorkerFlags;
import dev.drey.job.run.LocalSetup;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM that is started as a worker's is, with its class path and flags, and runs a program of
 * ours.
 *
 * @param home where Drey is built
 */
public record WorkerJvm(Path home) {

  private static final int MEMORY_MB = 4096;

  /**
   * The command line.
   *
   * @param flags after the worker's own
   * @param program whose main method is run
   */
  public List<String> command(List<String> flags, Class<?> program, List<String> arguments)
      throws IOException {
    LocalSetup setup = LocalSetup.of(home);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(WorkerFlags.of(MEMORY_MB, setup.nativeCache()));
    line.addAll(flags);
    line.add("-cp");
    line.add(jars(setup.function().resolve("lib")) + File.pathSeparator + place(program));
    line.add(program.getName());
    line.addAll(arguments);
    return line;
  }

  /** In the order that a worker has them in. */
  private static String jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(file -> file.toAbsolutePath().toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** The jar or directory that a class was loaded from. */
  private static Path place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
