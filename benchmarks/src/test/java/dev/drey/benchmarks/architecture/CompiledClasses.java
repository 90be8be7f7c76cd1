package dev.drey.benchmarks.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The compiled main classes of all modules, as they are on the class path. */
final class CompiledClasses {

  private static final String ROOT = "dev/drey";

  private CompiledClasses() {}

  /**
   * Which top-level classes each top-level class uses, itself left out.
   *
   * @param wanted the full names of the classes that are looked at
   */
  static Map<String, Set<String>> uses(Set<String> wanted) throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    ClassLoader loader = CompiledClasses.class.getClassLoader();
    for (URL place : Collections.list(loader.getResources(ROOT))) {
      URI uri = uri(place);
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          add(jar.getPath(ROOT), wanted, uses);
        }
      } else {
        add(Path.of(uri), wanted, uses);
      }
    }
    return uses;
  }

  private static URI uri(URL place) throws IOException {
    try {
      return place.toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void add(Path root, Set<String> wanted, Map<String, Set<String>> uses)
      throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = name(root.relativize(file));
      if (wanted.contains(name)) {
        try (InputStream in = Files.newInputStream(file)) {
          Set<String> named = ClassFile.named(in);
          named.retainAll(wanted);
          named.remove(name);
          uses.computeIfAbsent(name, any -> new TreeSet<>()).addAll(named);
        }
      }
    }
  }

  /** The full name of the top-level class that a file belongs to. */
  private static String name(Path file) {
    String path = file.toString().replace(file.getFileSystem().getSeparator(), ".");
    int nested = path.indexOf('$');
    return "dev.drey." + path.substring(0, nested < 0 ? path.length() - ".class".length() : nested);
  }
}
