package dev.drey.job.run;

import dev.drey.connectors.lambda.local.WorkerFlags;
import dev.drey.worker.LambdaHandler;
import dev.drey.worker.LambdaHandler.Fault;
import dev.drey.worker.Rehearsal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A home whose function is the real one behind a {@link LambdaHandler} of the tests, which a jar
 * has that comes first. All tests of a JVM have the same home, one after the other, so that one
 * archive of classes lets all of their workers start quickly; each begins without orders.
 *
 * @param home for {@link LocalTraining}
 */
public record FaultyFunction(Path home) implements AutoCloseable {

  private static final String FIRST = "0-faulty.jar";

  /** Laid out with the first test that needs it. */
  private static final class Shared {
    static final FaultyFunction FUNCTION = laidOut();

    private static FaultyFunction laidOut() {
      try {
        FaultyFunction function = new FaultyFunction(Files.createTempDirectory("faulty"));
        Runtime.getRuntime().addShutdownHook(new Thread(function::delete));
        function.layOut();
        function.rehearse();
        return function;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("the faulty function cannot be laid out", e);
      }
    }
  }

  /** The function, which does nothing wrong before it is asked to. */
  public static FaultyFunction open() throws IOException {
    Shared.FUNCTION.close();
    return Shared.FUNCTION;
  }

  private void layOut() throws IOException {
    Path real = SmallRun.HOME.resolve("worker/target");
    Path lib = Files.createDirectories(lib());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve(FIRST)))) {
      for (Class<?> type : List.of(LambdaHandler.class, Fault.class)) {
        add(out, type.getName());
      }
      add(out, LambdaHandler.class.getName() + "$1"); // of its switch
    }
    for (Path jar : files(real.resolve("function/lib"))) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    }
    Files.createSymbolicLink(setup().nativeCache(), real.resolve("native-cache"));
  }

  /** Makes the archive of classes, as the worker's build does. */
  private void rehearse() throws IOException, InterruptedException {
    LocalSetup setup = setup();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WorkerFlags.of(512, setup.nativeCache()));
    command.add("-XX:ArchiveClassesAtExit=" + setup.classArchive());
    command.add("-cp");
    command.add(
        files(lib()).stream()
            .sorted()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Rehearsal.class.getName());
    Path log = home.resolve("rehearsal.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LAMBDA_TASK_ROOT", setup.function().toString());
    if (builder.start().waitFor() != 0) {
      throw new IOException("no archive of classes: " + Files.readString(log));
    }
  }

  private LocalSetup setup() {
    return LocalSetup.of(home);
  }

  private Path lib() {
    return setup().function().resolve("lib");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void add(JarOutputStream jar, String type) throws IOException {
    String name = type.replace('.', '/') + ".class";
    try (InputStream in = FaultyFunction.class.getClassLoader().getResourceAsStream(name)) {
      if (in != null) {
        jar.putNextEntry(new JarEntry(name));
        in.transferTo(jar);
        jar.closeEntry();
      }
    }
  }

  /** Takes all orders back. */
  @Override
  public void close() throws IOException {
    for (Path order : files(setup().function())) {
      if (!Files.isDirectory(order)) {
        Files.deleteIfExists(order);
      }
    }
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(home)) { // which follows no links
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      // it lies below the temporary directory
    }
  }

  private Path order(String name) {
    return setup().function().resolve(name);
  }

  FaultyFunction always(Fault fault) throws IOException {
    Files.createFile(order("always-" + fault));
    return this;
  }

  FaultyFunction once(Fault fault) throws IOException {
    Files.createFile(order("once-" + fault));
    return this;
  }

  FaultyFunction noMore(Fault fault) throws IOException {
    Files.delete(order("always-" + fault));
    return this;
  }

  /** Lets every worker fail that is given the row. */
  FaultyFunction poison(int row) throws IOException {
    Files.createFile(order("poison-" + row));
    return this;
  }

  /** Lets no worker answer a step until it is released. */
  public FaultyFunction hold(long step) throws IOException {
    Files.createFile(order("hold-" + step));
    return this;
  }

  /** Lets no worker answer for a slot of a step until it is released. */
  FaultyFunction hold(long step, int slot) throws IOException {
    Files.createFile(order("hold-" + step + "-" + slot));
    return this;
  }

  void release(long step, int slot) throws IOException {
    Files.delete(order("hold-" + step + "-" + slot));
  }

  /** Lets the workers answer a step. */
  public void release(long step) throws IOException {
    Files.delete(order("hold-" + step));
  }
}
