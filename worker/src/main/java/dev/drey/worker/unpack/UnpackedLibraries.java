package dev.drey.worker.unpack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;

/**
 * Makes JavaCPP's cache of native libraries safe for concurrent processes. JavaCPP unpacks
 * libraries at first use and locks each file, but neither the links between files nor the cache as
 * a whole, so a process could load a library that another is still unpacking. Here the first
 * process locks the whole cache, and leaves a marker file so that later ones need no lock.
 */
public final class UnpackedLibraries {

  private static final String LOCK = ".unpack.lock";
  private static final String MARK = ".unpacked-";

  private UnpackedLibraries() {}

  /**
   * Loads libraries; may block while another process unpacks them.
   *
   * @param bindings a class of each library's binding; its jar's name, which includes the version,
   *     names the marker
   * @param load makes JavaCPP load the libraries, by using them
   */
  public static void load(List<Class<?>> bindings, Runnable load) {
    Path cache;
    try {
      cache = Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException("JavaCPP has no cache directory", e);
    }
    Path mark =
        cache.resolve(
            MARK + bindings.stream().map(UnpackedLibraries::jar).collect(Collectors.joining("-")));
    if (Files.exists(mark) || !Files.isWritable(cache)) { // a read-only cache was filled beforehand
      load.run();
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      load.run();
      if (held.isValid() && !Files.exists(mark)) {
        Files.createFile(mark);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("native libraries cannot be unpacked to " + cache, e);
    }
  }

  /** The name of the jar of a class, including its version; "classes" if it is not in a jar. */
  private static String jar(Class<?> type) {
    Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    String name = place.getFileName().toString();
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : "classes";
  }
}
