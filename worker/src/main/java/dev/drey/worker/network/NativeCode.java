package dev.drey.worker.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native libraries: JavaCPP unpacks them into its cache at their first use, and loads them from
 * there. It locks each file that it writes, but neither the links between them nor the whole: of
 * two processes that start on an empty cache, one may load what the other is still at. So the first
 * has the cache to itself, and leaves a mark for those that come later.
 */
final class NativeCode {

  private static final String LOCK = ".unpack.lock";
  private static final String MARK = ".unpacked-";

  private NativeCode() {}

  /** Loads them, once in the life of the process; may wait for another to unpack them. */
  static void load() {
    Holder.loaded();
  }

  /** Initialised once, whoever comes first: the JVM sees to it. */
  private static final class Holder {
    static {
      unpackAndLoad();
    }

    static void loaded() {
      // the work is the class's initialisation
    }
  }

  private static void unpackAndLoad() {
    Path cache;
    try {
      cache = Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException("JavaCPP has no cache directory", e);
    }
    Path mark = cache.resolve(MARK + jar(Nd4j.class) + "-" + jar(openblas.class));
    if (Files.exists(mark) || !Files.isWritable(cache)) { // not writable: it came filled
      initialise();
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      initialise();
      if (held.isValid() && !Files.exists(mark)) {
        Files.createFile(mark);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("native libraries cannot be unpacked to " + cache, e);
    }
  }

  private static void initialise() {
    Nd4j.getEnvironment();
    openblas.blas_set_num_threads(1);
  }

  /** The name of the jar that a class is in, which has its version; "classes" without a jar. */
  private static String jar(Class<?> type) {
    Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    String name = place.getFileName().toString();
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : "classes";
  }
}
