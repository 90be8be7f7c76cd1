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
 * Native libraries as JavaCPP has them: it unpacks them into its cache at their first use, and
 * loads them from there. It locks each file that it writes, but neither the links between them nor
 * the whole: of two processes that start on an empty cache, one may load what the other is still
 * at. So the first has the cache to itself, and leaves a mark for those that come later.
 */
public final class UnpackedLibraries {

  private static final String LOCK = ".unpack.lock";
  private static final String MARK = ".unpacked-";

  private UnpackedLibraries() {}

  /**
   * Loads libraries; may wait for another process to unpack them.
   *
   * @param bindings a class of each library's binding, whose jar has its version in its name
   * @param load uses the libraries, so that they are loaded
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
    if (Files.exists(mark) || !Files.isWritable(cache)) { // not writable: it came filled
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

  /** The name of the jar that a class is in, which has its version; "classes" without a jar. */
  private static String jar(Class<?> type) {
    Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    String name = place.getFileName().toString();
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : "classes";
  }
}
