package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.run.DiskSpace.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

  private static final long TOO_MUCH = 1L << 60;

  @TempDir private Path directory;

  private DiskSpace space(long total, long next) {
    return new DiskSpace(
        List.of(
            new Use(directory.resolve("run"), total, next),
            new Use(directory.resolve("run/checkpoints"), 1 << 20, 0)));
  }

  @Test
  void aRunWithoutEnoughSpaceDoesNotStartAndSaysWhereAndHowMuch() throws Exception {
    space(1, 1).check();

    assertThatThrownBy(() -> space(TOO_MUCH, 1).check())
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(
            "there is not enough disk space: " + directory.resolve("run") + " has ")
        // Both directories are on one disk, whose needs are added up.
        .hasMessageEndingWith(" MiB free, the run needs about 1,099,511,627,777.0 MiB there");
  }

  @Test
  void aFailureThatNamesAFullDiskSaysWhereAndHowMuchIsFree() {
    assertThat(space(1, 1).explain(new IOException("No space left on device")))
        .startsWith("No space left on device; the disk is full: " + directory.resolve("run"))
        .contains(" MiB free, the run needs about 1.0 MiB there");
  }

  @Test
  void aFailureWithoutACauseIsExplainedByADiskWithoutRoom() {
    Exception failure =
        new FlinkRuntimeException("Exceeded checkpoint tolerable failure threshold.");

    assertThat(space(1, 1).explain(failure))
        .isEqualTo("Exceeded checkpoint tolerable failure threshold.");
    assertThat(space(TOO_MUCH, TOO_MUCH).explain(failure))
        .startsWith(
            "Exceeded checkpoint tolerable failure threshold.; the disk may be full: "
                + directory.resolve("run")
                + " has ");
  }
}
