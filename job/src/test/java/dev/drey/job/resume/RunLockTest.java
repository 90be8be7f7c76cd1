package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir private Path directory;

  @Test
  void aDirectoryIsLockedOnceUntilItIsReleased() throws Exception {
    try (RunLock lock = RunLock.tryTake(directory).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(RunLock.tryTake(directory)).isEmpty();
      assertThat(RunLock.tryTake(directory)).isEmpty(); // the refusal before did not release it
    }
    try (RunLock again = RunLock.tryTake(directory).orElseThrow()) {
      assertThat(again).isNotNull();
    }
    assertThat(directory.toFile().list()).containsExactly("run.lock");
  }
}
