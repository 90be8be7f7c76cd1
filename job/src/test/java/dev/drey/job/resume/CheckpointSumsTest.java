package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSumsTest {

  @TempDir private Path directory;
  private Path run;
  private Path checkpoint;
  private CheckpointSums sums;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    run = directory.resolve("run");
    checkpoint = TestingCheckpoint.write(run.resolve("checkpoints/a/chk-1"));
    sums = new CheckpointSums(run);
    sums.record(List.of(checkpoint));
  }

  @Test
  void anUnchangedCheckpointHasNoDifferenceEvenIfItsRunIsMoved() throws IOException {
    assertThat(sums.difference(checkpoint)).isEmpty();

    Path moved = Files.move(run, directory.resolve("moved"));

    assertThat(new CheckpointSums(moved).difference(moved.resolve("checkpoints/a/chk-1")))
        .isEmpty();
    TestingCheckpoint.flip(moved.resolve("checkpoints/a/chk-1/state"), 0);
    assertThat(new CheckpointSums(moved).difference(moved.resolve("checkpoints/a/chk-1")))
        .isPresent();
  }

  @Test
  void everyChangeOfAFileIsADifference() throws IOException {
    TestingCheckpoint.flip(checkpoint.resolve("_metadata"), 40);
    assertThat(sums.difference(checkpoint).orElseThrow())
        .startsWith("_metadata has other bytes than when the checkpoint was complete: CRC-32C ");
    TestingCheckpoint.flip(checkpoint.resolve("_metadata"), 40);

    Files.write(checkpoint.resolve("state"), new byte[5]);
    assertThat(sums.difference(checkpoint))
        .contains("state has 5 bytes, it had 8 when the checkpoint was complete");

    Files.delete(checkpoint.resolve("state"));
    assertThat(sums.difference(checkpoint)).contains("state is missing");
  }

  @Test
  void sumsAreTakenOnceAndForgottenWithTheirCheckpoint() throws IOException {
    Path next = TestingCheckpoint.write(run.resolve("checkpoints/a/chk-2"));
    TestingCheckpoint.flip(checkpoint.resolve("state"), 0);

    sums.record(List.of(checkpoint, next));

    assertThat(sums.difference(checkpoint)).isPresent();
    assertThat(sums.difference(next)).isEmpty();

    sums.record(List.of(next));

    assertThat(run.resolve(CheckpointSums.FILE))
        .content()
        .hasLineCount(2)
        .contains("checkpoints/a/chk-2/state", "checkpoints/a/chk-2/_metadata");
  }

  @Test
  void aCheckpointThatIsDeletedMeanwhileHasNoSums() throws IOException {
    sums.record(List.of(checkpoint, run.resolve("checkpoints/a/chk-2")));

    assertThat(run.resolve(CheckpointSums.FILE)).content().hasLineCount(2);
  }

  @Test
  void aRecorderTakesTheSumsOfNewCheckpointsOnItsOwnThread() throws Exception {
    CheckpointIndex index = new CheckpointIndex(run);
    index.add(run.resolve("checkpoints/a"));
    Path next = TestingCheckpoint.write(run.resolve("checkpoints/a/chk-2"));
    try (CheckpointRecorder recorder = new CheckpointRecorder(index)) {
      recorder.look();
    }

    TestingCheckpoint.flip(next.resolve("state"), 0);
    assertThat(sums.difference(next)).isPresent();
  }
}
