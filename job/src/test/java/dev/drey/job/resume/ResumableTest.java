package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableTest {

  @TempDir private Path directory;

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static Resumable at(Path path) throws Exception {
    return Resumable.at(path, List.of());
  }

  /** The metadata of a checkpoint that is written. */
  private Path checkpoint(String name) throws IOException {
    return TestingCheckpoint.write(directory.resolve(name)).resolve("_metadata");
  }

  @Test
  void aRunGoesOnInItsDirectoryFromItsNewestCheckpointWhichIsThenItsOwn() throws Exception {
    file("run/spec.yaml");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    checkpoint("run/checkpoints/a/chk-3");

    Resumable resumable = at(run);

    assertThat(resumable.directory()).contains(run);
    assertThat(resumable.point())
        .contains(
            new ResumePoint(
                run.resolve("checkpoints/a/chk-3"), ResumePoint.Owner.RUN, Optional.empty()));
    var settings = resumable.point().orElseThrow().settings();
    assertThat(settings.getRecoveryClaimMode()).isEqualTo(RecoveryClaimMode.CLAIM);
    assertThat(settings.allowNonRestoredState()).isFalse();
    assertThat(settings.getRestorePath()).startsWith("file:/").endsWith("checkpoints/a/chk-3/");
  }

  @Test
  void aSavepointStaysTheUsersAndHasNoRunDirectory() throws Exception {
    Path metadata = checkpoint("savepoint-1");

    Resumable resumable = at(metadata.getParent());

    assertThat(resumable.directory()).isEmpty();
    assertThat(resumable.point().orElseThrow().settings().getRecoveryClaimMode())
        .isEqualTo(RecoveryClaimMode.NO_CLAIM);
    assertThat(at(metadata)).isEqualTo(resumable);
  }

  @Test
  void aRunWithoutACheckpointCannotGoOn() throws Exception {
    file("run/spec.yaml");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));

    assertThatThrownBy(() -> at(run).point())
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining(
            "--resume: is "
                + run
                + ", which has no complete checkpoint (chk-<number>/_metadata) in ["
                + run.resolve("checkpoints/a")
                + "]");
  }

  @Test
  void aRunThatHasItsModelCannotGoOn() throws Exception {
    file("run/spec.yaml");
    file("run/weights.npz");
    file("run/summary.json");

    assertRefused("run", "a finished run with its model");
  }

  @Test
  void aModelWhoseAccountWasNeverCheckedIsNotCalledFinished() throws Exception {
    file("run/spec.yaml");
    file("run/weights.npz");

    assertRefused("run", "but no summary.json: its account of examples was not checked");
  }

  @Test
  void aRunWhoseJobHasEndedNeedsNoStateToEnd() throws Exception {
    file("run/spec.yaml");
    file("run/weights.npz");
    file("run/last-progress.bin");

    assertThat(at(directory.resolve("run")).point()).isEmpty();
    assertThat(directory.resolve("run/weights.npz")).exists();
  }

  private Path runWithCheckpoints(int... numbers) throws IOException {
    file("run/spec.yaml");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    for (int number : numbers) {
      checkpoint("run/checkpoints/a/chk-" + number);
    }
    return run.resolve("checkpoints/a");
  }

  @Test
  void aDamagedCheckpointIsPassedOverForAnOlderOne() throws Exception {
    Path job = runWithCheckpoints(6, 7, 8, 9);
    TestingCheckpoint.cutMetadata(job.resolve("chk-9"));

    ResumePoint point = at(directory.resolve("run")).point().orElseThrow();

    assertThat(point.checkpoint()).isEqualTo(job.resolve("chk-8"));
    assertThat(point.passedOver())
        .singleElement()
        .asString()
        .startsWith("checkpoint " + job.resolve("chk-9") + " is damaged: its _metadata cannot be");
    // The damaged one stays to be looked at, and one that is older than what is restored.
    assertThat(job.toFile().list()).containsExactlyInAnyOrder("chk-7", "chk-8", "chk-9");
  }

  @Test
  void aCheckpointWithOtherBytesThanAtItsEndIsPassedOver() throws Exception {
    Path job = runWithCheckpoints(7, 8);
    new CheckpointSums(directory.resolve("run"))
        .record(List.of(job.resolve("chk-7"), job.resolve("chk-8")));
    TestingCheckpoint.flip(job.resolve("chk-8/state"), 3);

    ResumePoint point = at(directory.resolve("run")).point().orElseThrow();

    assertThat(point.checkpoint()).isEqualTo(job.resolve("chk-7"));
    assertThat(point.passedOver())
        .singleElement()
        .asString()
        .contains("chk-8 is damaged: state has other bytes than when the checkpoint was complete");
  }

  @Test
  void ifAllCheckpointsAreDamagedEachIsNamedWithItsReason() throws Exception {
    Path job = runWithCheckpoints(7, 8);
    TestingCheckpoint.cutMetadata(job.resolve("chk-8"));
    Files.delete(job.resolve("chk-7/state"));

    assertThatThrownBy(() -> at(directory.resolve("run")).point())
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("chk-8 is damaged: its _metadata cannot be read: ")
        .hasMessageContaining("chk-7 is damaged: state is missing");
    assertThat(job.toFile().list()).containsExactlyInAnyOrder("chk-7", "chk-8");
  }

  @Test
  void aDamagedSavepointIsRefused() throws Exception {
    Path savepoint = checkpoint("savepoint-1").getParent();
    Files.write(savepoint.resolve("state"), new byte[3]);

    assertThatThrownBy(() -> at(savepoint).point())
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("which is damaged: state has 3 bytes, must have 8");
  }

  @Test
  void aRunThatNamesCheckpointsElsewhereIsRefused() throws Exception {
    runWithCheckpoints(7);
    Path outside = checkpoint("outside/chk-99").getParent();
    new CheckpointIndex(directory.resolve("run")).add(outside.getParent());

    assertRefused(
        "run",
        "whose checkpoints.txt names "
            + outside.getParent()
            + ": not below the run's directory. Nothing there is read or deleted");
    assertThat(outside).exists();
    assertThat(Resumable.at(directory.resolve("run"), List.of(directory)).directory()).isPresent();
  }

  @Test
  void aRunThatWasKilledWhileItEndedGoesOnAndWritesItsModelAgain() throws Exception {
    file("run/spec.yaml");
    Path weights = file("run/weights.npz");
    Path progress = file("run/last-progress.bin");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    Path metadata = checkpoint("run/checkpoints/a/chk-3");

    assertThat(at(run).point().orElseThrow().checkpoint()).isEqualTo(metadata.getParent());
    assertThat(weights).doesNotExist();
    assertThat(progress).doesNotExist();
  }

  @Test
  void whatIsNeitherRunNorCheckpointIsRefused() throws Exception {
    Files.createDirectory(directory.resolve("empty"));

    assertRefused("empty", "neither a run's directory (it has no spec.yaml) nor a checkpoint");
    assertRefused("nowhere", "which does not exist");
  }

  private void assertRefused(String name, String problem) {
    Path path = directory.resolve(name);
    assertThatThrownBy(() -> at(path))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("--resume: is " + path + ", ")
        .hasMessageContaining(problem);
  }
}
