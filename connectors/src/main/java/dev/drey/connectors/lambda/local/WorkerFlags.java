package dev.drey.connectors.lambda.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** JVM flags that all local workers have in common. */
public final class WorkerFlags {

  private WorkerFlags() {}

  /**
   * The flags for a memory size.
   *
   * @param memoryMb memory size of the worker, MB
   * @param nativeCache where JavaCPP unpacks native libraries
   */
  public static List<String> of(int memoryMb, Path nativeCache) {
    return List.of(
        // Half for the heap; the rest is for the JVM itself and native allocations.
        "-Xmx" + memoryMb / 2 + "m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Dorg.bytedeco.javacpp.cachedir=" + nativeCache.toAbsolutePath(),
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
  }

  /**
   * Flags that use a class data sharing archive, as written by {@code -XX:ArchiveClassesAtExit},
   * for a quicker start; none if there is no such file. A JVM that cannot use the archive warns and
   * starts without it.
   */
  public static List<String> sharing(Path archive) {
    return Files.exists(archive)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive.toAbsolutePath())
        : List.of();
  }
}
