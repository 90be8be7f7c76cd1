package dev.drey.benchmarks.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The main sources of all modules. */
final class SourceTree {

  private static final Path SOURCES = Path.of("src", "main", "java");

  private SourceTree() {}

  /** The sources by the full names of their top-level classes, {@code package-info} left out. */
  static Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Path module : modules()) {
      Path root = module.resolve(SOURCES);
      try (Stream<Path> found = Files.walk(root)) {
        found
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.endsWith("package-info.java"))
            .forEach(file -> files.put(name(root.relativize(file)), file));
      }
    }
    return files;
  }

  private static String name(Path file) {
    String path = file.toString();
    return path.substring(0, path.length() - ".java".length())
        .replace(file.getFileSystem().getSeparator(), ".");
  }

  private static List<Path> modules() throws IOException {
    Path home = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(home.resolve("core").resolve(SOURCES))) {
      home = home.getParent();
      if (home == null) {
        throw new IOException("no directory above the working directory has the modules");
      }
    }
    try (Stream<Path> found = Files.list(home)) {
      return found.filter(module -> Files.isDirectory(module.resolve(SOURCES))).toList();
    }
  }
}
