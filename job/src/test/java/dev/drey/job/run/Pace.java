package dev.drey.job.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How fast this machine is now. A deadline that a test waits out, while all else has to keep it, is
 * as long as it needs to be here: no verdict depends on the machine's speed.
 */
final class Pace {

  /** What a machine takes to start and end a JVM for which the deadlines of tests are written. */
  private static final Duration REFERENCE = Duration.ofMillis(200);

  private static final double FACTOR = factor();

  private Pace() {}

  /** A duration, longer by as much as this machine is slower than the reference; whole seconds. */
  static Duration scaled(Duration atReference) {
    return Duration.ofSeconds((long) Math.ceil(FACTOR * atReference.toMillis() / 1000));
  }

  private static double factor() {
    long start = System.nanoTime();
    try {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException("no JVM can be started", e);
    }
    return Math.max(1, (double) (System.nanoTime() - start) / REFERENCE.toNanos());
  }
}
