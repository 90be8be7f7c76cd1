package dev.drey.connectors.process;

import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders of functions in this process: one per function directory, never closed. They
 * are in a static field because the JVM binds a native library to the class loader that loaded it:
 * a second loader for the same function could not load the library.
 */
final class FunctionClasses {

  private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();
  private static final String NATIVE_CACHE = "org.bytedeco.javacpp.cachedir";
  private static final String PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  private FunctionClasses() {}

  /**
   * Finds the handler's implementation: on the class path if it is there (as in tests), otherwise
   * in the function's jars. Classes of core come from this process in both cases.
   *
   * @param function the unpacked deployment package
   * @param nativeCache where JavaCPP unpacks native libraries, unless its property is already set
   * @return the function; its supplier creates a new handler at every call, in a thread whose
   *     context class loader must be {@link Function#loader}
   */
  static Function find(Path function, Path nativeCache) throws IOException {
    if (System.getProperty(NATIVE_CACHE) == null) {
      Files.createDirectories(nativeCache);
      System.setProperty(NATIVE_CACHE, nativeCache.toAbsolutePath().toString());
      System.setProperty(PHYSICAL_BYTES, "0");
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader own = context == null ? FunctionClasses.class.getClassLoader() : context;
    Supplier<WorkHandler> onClassPath = supplier(own);
    if (onClassPath != null) {
      return new Function(own, onClassPath);
    }
    ClassLoader loader = loader(function);
    Supplier<WorkHandler> inJars = supplier(loader);
    if (inJars == null) {
      throw new IOException(
          "function directory " + function + " has no " + WorkHandler.class.getName() + " in lib/");
    }
    return new Function(loader, inJars);
  }

  /** A supplier of handlers, and the class loader that they need. */
  record Function(ClassLoader loader, Supplier<WorkHandler> handlers) {}

  private static @Nullable Supplier<WorkHandler> supplier(ClassLoader loader) {
    return ServiceLoader.load(WorkHandler.class, loader).stream().findFirst().orElse(null);
  }

  private static ClassLoader loader(Path function) throws IOException {
    Path lib = function.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new IOException("function directory " + function + " has no lib/");
    }
    URL[] jars = jars(lib);
    return LOADERS.computeIfAbsent(
        function.toRealPath(),
        path -> new URLClassLoader(jars, WorkHandler.class.getClassLoader()));
  }

  private static URL[] jars(Path lib) throws IOException {
    List<Path> files;
    try (Stream<Path> children = Files.list(lib)) {
      files = children.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
    URL[] jars = new URL[files.size()];
    for (int i = 0; i < jars.length; i++) {
      jars[i] = url(files.get(i));
    }
    return jars;
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
