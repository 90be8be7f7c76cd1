package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a run must not leave behind. */
public final class Leftovers {

  private static final Path MEMORY = Path.of("/dev/shm");

  private Leftovers() {}

  /** No worker of this process lives, none of its files lie in memory. */
  static void assertNone() throws IOException {
    assertThat(workers(ProcessHandle.current())).isEmpty();
    assertThat(exchanges(ProcessHandle.current().pid())).isEmpty();
  }

  /** The processes that a process started, and that live. */
  public static List<ProcessHandle> workers(ProcessHandle process) {
    return process.descendants().filter(ProcessHandle::isAlive).toList();
  }

  /** The exchange directories of a process. */
  public static List<Path> exchanges(long pid) throws IOException {
    try (Stream<Path> all = Files.list(MEMORY)) {
      return all.filter(p -> p.getFileName().toString().startsWith("drey-" + pid + "-")).toList();
    }
  }
}
