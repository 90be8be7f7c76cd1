package dev.drey.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void hearsEveryLine() throws Exception {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    try (ChildProcess child =
        new ChildProcess(List.of("sh", "-c", "read x; echo $x; echo two >&2"), HERE, lines::add)) {
      child.write("one");
      child.await(LIMIT);
    }

    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void aFailureComesWithTheLastLines() throws Exception {
    try (ChildProcess child =
        new ChildProcess(List.of("sh", "-c", "echo no luck; exit 3"), HERE, line -> {})) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> child.await(LIMIT))
          .withMessageContaining("code 3")
          .withMessageContaining("no luck");
    }
  }

  @Test
  void closingEndsIt() throws Exception {
    ChildProcess child = new ChildProcess(List.of("sleep", "600"), HERE, line -> {});

    child.close();

    assertThat(child.isAlive()).isFalse();
  }
}
