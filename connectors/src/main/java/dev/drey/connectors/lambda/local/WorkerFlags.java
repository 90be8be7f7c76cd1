package dev.drey.connectors.lambda.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the JVM of any local worker is started, whatever its function, log or caller. */
public final class WorkerFlags {

  private WorkerFlags() {}

  /**
   * The flags.
   *
   * @param memoryMb of the worker
   * @param nativeCache where JavaCPP unpacks native libraries
   */
  public static List<String> of(int memoryMb, Path nativeCache) {
    return List.of(
        // Half for the heap: the other half is the JVM's own, and what native code allocates.
        "-Xmx" + memoryMb / 2 + "m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Dorg.bytedeco.javacpp.cachedir=" + nativeCache.toAbsolutePath(),
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
  }

  /**
   * Flags for a quick start from an archive of classes, as {@code -XX:ArchiveClassesAtExit} writes
   * it; none if there is no such file. A JVM that cannot use it says so, and starts without.
   */
  public static List<String> sharing(Path archive) {
    return Files.exists(archive)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive.toAbsolutePath())
        : List.of();
  }
}
