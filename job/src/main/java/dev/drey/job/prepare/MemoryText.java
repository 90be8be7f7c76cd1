package dev.drey.job.prepare;

import dev.drey.core.network.WorkerMemory;
import java.util.Locale;

/** Numbers of bytes as text. */
public final class MemoryText {

  private static final double KILOBYTE = 1024;

  private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

  private MemoryText() {}

  /** The parts of a worker's memory: "200 MB process, 13.4 MB weights and gradient, ...". */
  public static String parts(WorkerMemory memory) {
    return "%s process, %s weights and gradient, %s activations, %s data"
        .formatted(
            of(memory.process()),
            of(memory.vectors()),
            of(memory.activations()),
            of(memory.data()));
  }

  /** A number of bytes, to three digits, in the unit that suits: 1 KB is 1024 bytes. */
  public static String of(long bytes) {
    if (bytes < KILOBYTE) {
      return bytes + " B";
    }
    double value = bytes / KILOBYTE;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= KILOBYTE;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
