package dev.drey.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has taken, as Linux counts it. */
public final class ProcessMemory {

  private ProcessMemory() {}

  /** The most resident memory so far, in megabytes; 0 where the system does not say. */
  public static long peakMegabytes() {
    return peakMegabytes("self");
  }

  /**
   * The most resident memory of a process so far, in megabytes; 0 if the system does not say.
   *
   * @param process its number
   */
  public static long peakMegabytes(String process) {
    return megabytes(process, "VmHWM:");
  }

  /**
   * The resident memory of a process now, in megabytes; 0 if the system does not say.
   *
   * @param process its number
   */
  public static long residentMegabytes(long process) {
    return megabytes(String.valueOf(process), "VmRSS:");
  }

  private static long megabytes(String process, String key) {
    Path status = Path.of("/proc", process, "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended
    }
  }
}
