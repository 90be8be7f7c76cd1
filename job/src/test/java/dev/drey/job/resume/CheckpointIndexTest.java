package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointIndexTest {

  @TempDir private Path directory;
  private Path run;
  private CheckpointIndex index;

  @BeforeEach
  void makeRun() throws IOException {
    run = Files.createDirectory(directory.resolve("run"));
    index = new CheckpointIndex(run);
  }

  private static Path checkpoint(Path job, int number) throws IOException {
    Path checkpoint = Files.createDirectories(job.resolve("chk-" + number));
    Files.createFile(checkpoint.resolve("_metadata"));
    return checkpoint;
  }

  @Test
  void theNewestCheckpointIsTheLastOfTheLastJobThatHasOne() throws IOException {
    Path first = run.resolve("checkpoints/a");
    Path second = run.resolve("checkpoints/b");
    index.add(first);
    index.add(second);
    Path nine = checkpoint(first, 9);
    Path ten = checkpoint(first, 10);
    assertThat(index.newest()).contains(ten);

    Path newest = checkpoint(second, 10);

    assertThat(index.newest()).contains(newest);
    assertThat(index.complete()).containsExactly(nine, ten, newest);
    assertThat(run.resolve("checkpoints.txt")).hasContent("checkpoints/a\ncheckpoints/b\n");
  }

  @Test
  void aHigherNumberInAnEarlierJobIsNotNewer() throws IOException {
    index.add(run.resolve("checkpoints/a"));
    index.add(run.resolve("checkpoints/b"));
    checkpoint(run.resolve("checkpoints/a"), 999);
    Path newest = checkpoint(run.resolve("checkpoints/b"), 3);

    assertThat(index.newest()).contains(newest);
  }

  @Test
  void nothingOutsideOfTheRunIsReadOrDeleted() throws IOException {
    Path outside = directory.resolve("outside");
    checkpoint(outside, 3);
    Files.createDirectories(outside.resolve("chk-4"));
    Path link = Files.createSymbolicLink(run.resolve("link"), outside);
    Path own = run.resolve("checkpoints/a");
    checkpoint(own, 1);
    Files.createSymbolicLink(own.resolve("chk-9"), outside.resolve("chk-3"));
    Files.writeString(
        run.resolve("checkpoints.txt"),
        String.join("\n", outside.toString(), "../outside", link.toString(), "checkpoints/a", "."));

    assertThat(index.outside())
        .containsExactly(outside.toString(), "../outside", link.toString(), ".");
    assertThat(index.newest()).contains(own.resolve("chk-1"));

    index.clear();

    assertThat(own.resolve("chk-1")).doesNotExist();
    assertThat(outside.resolve("chk-3/_metadata")).exists();
    assertThat(outside.resolve("chk-4")).exists();
  }

  @Test
  void checkpointsMayBeBelowADirectoryThatTheUserNames() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    index.add(elsewhere.resolve("a"));
    Path checkpoint = checkpoint(elsewhere.resolve("a"), 1);

    assertThat(index.newest()).isEmpty();
    assertThat(new CheckpointIndex(run, List.of(elsewhere)).newest()).contains(checkpoint);
  }

  @Test
  void aCheckpointWithoutMetadataIsNoneAndIsDeletedAsAreOlderOnes() throws IOException {
    Path job = run.resolve("checkpoints/a");
    index.add(job);
    Path old = checkpoint(job, 3);
    Path whole = checkpoint(job, 4);
    Path torn = Files.createDirectories(job.resolve("chk-5"));
    Files.createFile(torn.resolve("state"));
    Path other = Files.createDirectories(job.resolve("shared"));

    assertThat(index.newest()).contains(whole);

    index.deleteAllBut(List.of(whole));

    assertThat(torn).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(whole).exists();
    assertThat(other).exists();
  }

  @Test
  void otherRunsMayHaveTheSameDirectoryOfCheckpoints() throws IOException {
    Path shared = directory.resolve("shared");
    index = new CheckpointIndex(run, List.of(shared));
    index.add(shared.resolve("mine"));
    Path mine = checkpoint(shared.resolve("mine"), 1);
    checkpoint(shared.resolve("others"), 7);

    assertThat(index.newest()).contains(mine);
  }

  @Test
  void aRunThatIsMovedTakesItsCheckpointsAlong() throws IOException {
    index.add(run.resolve("checkpoints/a"));
    checkpoint(run.resolve("checkpoints/a"), 1);
    Path moved = Files.move(run, directory.resolve("moved"));

    assertThat(new CheckpointIndex(moved).newest()).contains(moved.resolve("checkpoints/a/chk-1"));
  }

  @Test
  void withoutAJobThereIsNoCheckpoint() throws IOException {
    checkpoint(run.resolve("checkpoints/a"), 1);

    assertThat(index.newest()).isEmpty();

    index.add(run.resolve("checkpoints/b"));
    assertThat(index.newest()).isEmpty();

    index.clear();
    assertThat(run.resolve("checkpoints.txt")).doesNotExist();
  }
}
