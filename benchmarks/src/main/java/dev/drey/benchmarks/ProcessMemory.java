package dev.drey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has taken, as Linux counts it. */
final class ProcessMemory {

  private ProcessMemory() {}

  /** The most resident memory so far, in megabytes; 0 where the system does not tell. */
  static long peakMegabytes() {
    return peakMegabytes("self");
  }

  /**
   * The most resident memory of a process so far, in megabytes; 0 if the system does not tell.
   *
   * @param process its number
   */
  static long peakMegabytes(String process) {
    Path status = Path.of("/proc", process, "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
