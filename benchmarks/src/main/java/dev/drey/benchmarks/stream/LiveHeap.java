package dev.drey.benchmarks.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by the JDK's own jcmd. */
final class LiveHeap {

  private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen).* used (\\d+)K");

  private LiveHeap() {}

  /**
   * Runs a full collection; returns the size of the live objects in megabytes.
   *
   * @param process its number
   */
  static double megabytes(long process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    return megabytes(jcmd(process, "GC.heap_info"));
  }

  /** Parses jcmd's description of a heap of the parallel collector. */
  static double megabytes(String info) throws IOException {
    Matcher matcher = USED.matcher(info);
    double kilobytes = 0;
    int generations = 0;
    while (matcher.find()) {
      kilobytes += Long.parseLong(matcher.group(1));
      generations++;
    }
    if (generations != 2) {
      throw new IOException("jcmd printed no heap of the parallel collector:\n" + info);
    }
    return kilobytes / 1024;
  }

  private static String jcmd(long process, String command)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + said);
    }
    return said;
  }
}
