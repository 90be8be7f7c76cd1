package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
  void theNewestCheckpointIsThatWithTheHighestNumberOfAllJobs() throws IOException {
    Path first = run.resolve("checkpoints/a");
    Path second = run.resolve("checkpoints/b");
    index.add(first);
    index.add(second);
    checkpoint(first, 9);
    Path newest = checkpoint(first, 10);
    checkpoint(second, 2);

    assertThat(index.newest()).contains(newest);
    assertThat(run.resolve("checkpoints.txt")).hasContent("checkpoints/a\ncheckpoints/b\n");
  }

  @Test
  void ofTwoWithOneNumberTheLaterOneIsTheNewest() throws IOException {
    Path first = run.resolve("checkpoints/a");
    Path second = run.resolve("checkpoints/b");
    index.add(first);
    index.add(second);
    Path later = checkpoint(first, 3);
    Path earlier = checkpoint(second, 3);
    Files.setLastModifiedTime(later.resolve("_metadata"), FileTime.fromMillis(2_000));
    Files.setLastModifiedTime(earlier.resolve("_metadata"), FileTime.fromMillis(1_000));

    assertThat(index.newest()).contains(later);
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

    index.deleteAllBut(whole);

    assertThat(torn).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(whole).exists();
    assertThat(other).exists();
  }

  @Test
  void otherRunsMayHaveTheSameDirectoryOfCheckpoints() throws IOException {
    Path shared = directory.resolve("shared");
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
