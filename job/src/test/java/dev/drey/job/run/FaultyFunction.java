package dev.drey.job.run;

import dev.drey.worker.LambdaHandler;
import dev.drey.worker.LambdaHandler.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A home whose function is the real one behind a {@link LambdaHandler} of the tests. Its jar comes
 * before those that its manifest names, so that its handler is found first.
 *
 * @param home for {@link LocalTraining}
 */
public record FaultyFunction(Path home) implements AutoCloseable {

  /** Lays the home out. */
  public static FaultyFunction in(Path home) throws IOException {
    Path real = SmallRun.HOME.resolve("worker/target");
    Path target = home.resolve("worker/target");
    Path lib = Files.createDirectories(target.resolve("function/lib"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(Attributes.Name.CLASS_PATH, uris(real.resolve("function/lib")));
    try (JarOutputStream out =
        new JarOutputStream(Files.newOutputStream(lib.resolve("faulty.jar")), manifest)) {
      for (Class<?> type : List.of(LambdaHandler.class, Fault.class)) {
        add(out, type.getName());
      }
      add(out, LambdaHandler.class.getName() + "$1"); // of its switch
    }
    FaultyFunction function = new FaultyFunction(home);
    Files.createDirectories(function.nativeCache());
    for (Path file : files(real.resolve("native-cache"))) {
      Files.createSymbolicLink(function.nativeCache().resolve(file.getFileName()), file);
    }
    return function;
  }

  private static String uris(Path directory) throws IOException {
    return files(directory).stream()
        .map(file -> file.toUri().toString())
        .collect(Collectors.joining(" "));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private Path nativeCache() {
    return home.resolve("worker/target/native-cache");
  }

  /** Deletes the links to the real function's files. */
  @Override
  public void close() throws IOException {
    for (Path file : files(nativeCache())) {
      if (Files.isSymbolicLink(file)) {
        Files.delete(file);
      }
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

  private Path order(String name) {
    return home.resolve("worker/target/function").resolve(name);
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
