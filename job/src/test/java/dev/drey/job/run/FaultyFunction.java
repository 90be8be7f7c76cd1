package dev.drey.job.run;

import dev.drey.worker.LambdaHandler;
import dev.drey.worker.LambdaHandler.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A home whose function is the real one behind a {@link LambdaHandler} of the tests.
 *
 * @param home for {@link LocalTraining}
 */
record FaultyFunction(Path home) {

  static FaultyFunction in(Path home) throws IOException {
    Path real = SmallRun.HOME.resolve("worker/target");
    Path target = home.resolve("worker/target");
    link(real.resolve("function/lib"), target.resolve("function/lib"));
    link(real.resolve("native-cache"), target.resolve("native-cache"));
    // Before drey-worker's jar, so that its handler is found first.
    Path jar = target.resolve("function/lib/0-faulty.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : List.of(LambdaHandler.class, Fault.class)) {
        add(out, type.getName());
      }
      add(out, LambdaHandler.class.getName() + "$1"); // of its switch
    }
    return new FaultyFunction(home);
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

  private static void link(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(to.resolve(file.getFileName()), file);
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

  /** Lets no worker answer a step until it is released. */
  FaultyFunction hold(long step) throws IOException {
    Files.createFile(order("hold-" + step));
    return this;
  }

  void release(long step) throws IOException {
    Files.delete(order("hold-" + step));
  }
}
