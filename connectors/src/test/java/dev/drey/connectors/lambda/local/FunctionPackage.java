package dev.drey.connectors.lambda.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Builds deployment packages of classes of the tests. */
public final class FunctionPackage {

  private FunctionPackage() {}

  /** Writes {@code directory/lib/function.jar} with the classes. */
  public static Path write(Path directory, Class<?>... classes) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("lib"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(lib.resolve("function.jar")))) {
      for (Class<?> type : classes) {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
    return directory;
  }

  /** Adds the jar that a class of the test class path comes from. */
  public static void addLibraryOf(Path directory, Class<?> type) throws IOException {
    Path source;
    try {
      source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isDirectory(source)) {
      jarOf(source, directory.resolve("lib/" + type.getSimpleName() + ".jar"));
    } else {
      Files.copy(source, directory.resolve("lib").resolve(source.getFileName()));
    }
  }

  /** In a build of all modules at once, another module is a directory of classes. */
  private static void jarOf(Path classes, Path target) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }

  /** Settings of {@link TestingFunction} in 256 MB with a minute, which nothing here takes. */
  public static LocalLambdaSettings testing(Path root, int concurrency) throws IOException {
    return testing(root, new LocalLambdaSettings.Limits(256, Duration.ofMinutes(1), concurrency));
  }

  static LocalLambdaSettings testing(Path root, LocalLambdaSettings.Limits limits)
      throws IOException {
    Path function = write(root.resolve("function"), TestingFunction.class);
    return new LocalLambdaSettings(
        new LocalLambdaSettings.Function("testing", function, TestingFunction.class.getName()),
        limits,
        new LocalLambdaSettings.Launch(
            List.of("-XX:MaxDirectMemorySize=2g", "-XX:TieredStopAtLevel=1"), Map.of()),
        new LocalLambdaSettings.Directories(root.resolve("run"), root.resolve("cache"), null),
        0);
  }
}
