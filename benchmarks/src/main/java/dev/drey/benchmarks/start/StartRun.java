package dev.drey.benchmarks.start;

import dev.drey.benchmarks.measure.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One start of a worker.
 *
 * @param millis of every part
 */
record StartRun(Map<StartPart, Double> millis) {

  /** What the line with the times begins with. */
  static final String MARKS = "marks";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /**
   * Starts {@link StartProgram}. Its clock is comparable with this process's, since Linux counts
   * from the machine's start.
   */
  static StartRun of(List<String> command, Path directory)
      throws IOException, InterruptedException {
    AtomicReference<String> marks = new AtomicReference<>("");
    long start = System.nanoTime();
    try (ChildProcess child =
        new ChildProcess(
            command,
            directory,
            line -> {
              if (line.startsWith(MARKS)) {
                marks.set(line);
              }
            })) {
      child.await(LIMIT);
      if (!child.lastLines().contains("\"done\"")) {
        throw new IOException("the worker did not compute:\n" + child.lastLines());
      }
    }
    return between(start, marks.get());
  }

  static StartRun between(long start, String marks) throws IOException {
    String[] words = marks.split(" ", -1);
    StartPart[] parts = StartPart.values();
    if (words.length != parts.length + 1) {
      throw new IOException(
          "the worker printed \"" + marks + "\", must print " + parts.length + " times");
    }
    Map<StartPart, Double> millis = new EnumMap<>(StartPart.class);
    long last = start;
    for (int i = 0; i < parts.length; i++) {
      long mark = Long.parseLong(words[i + 1]);
      millis.put(parts[i], (mark - last) / 1e6);
      last = mark;
    }
    return new StartRun(millis);
  }
}
