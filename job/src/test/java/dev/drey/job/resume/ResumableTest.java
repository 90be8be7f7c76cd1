package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void aRunGoesOnInItsDirectoryFromItsNewestCheckpointWhichIsThenItsOwn() throws Exception {
    file("run/spec.yaml");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    file("run/checkpoints/a/chk-3/_metadata");

    Resumable resumable = Resumable.at(run);

    assertThat(resumable.directory()).contains(run);
    assertThat(resumable.point())
        .isEqualTo(
            new ResumePoint(
                run.resolve("checkpoints/a/chk-3"), ResumePoint.Owner.RUN, Optional.empty()));
    var settings = resumable.point().settings();
    assertThat(settings.getRecoveryClaimMode()).isEqualTo(RecoveryClaimMode.CLAIM);
    assertThat(settings.allowNonRestoredState()).isFalse();
    assertThat(settings.getRestorePath()).startsWith("file:/").endsWith("checkpoints/a/chk-3/");
  }

  @Test
  void aSavepointStaysTheUsersAndHasNoRunDirectory() throws Exception {
    Path metadata = file("savepoint-1/_metadata");

    Resumable resumable = Resumable.at(metadata.getParent());

    assertThat(resumable.directory()).isEmpty();
    assertThat(resumable.point().settings().getRecoveryClaimMode())
        .isEqualTo(RecoveryClaimMode.NO_CLAIM);
    assertThat(Resumable.at(metadata)).isEqualTo(resumable);
  }

  @Test
  void aRunWithoutACheckpointCannotGoOn() throws Exception {
    file("run/spec.yaml");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));

    assertThatThrownBy(() -> Resumable.at(run).point())
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

    assertRefused("run", "a finished run with its model");
  }

  @Test
  void aRunThatWasKilledWhileItEndedGoesOnAndWritesItsModelAgain() throws Exception {
    file("run/spec.yaml");
    Path weights = file("run/weights.npz");
    Path run = directory.resolve("run");
    new CheckpointIndex(run).add(run.resolve("checkpoints/a"));
    Path metadata = file("run/checkpoints/a/chk-3/_metadata");

    assertThat(Resumable.at(run).point().checkpoint()).isEqualTo(metadata.getParent());
    assertThat(weights).doesNotExist();
  }

  @Test
  void whatIsNeitherRunNorCheckpointIsRefused() throws Exception {
    Files.createDirectory(directory.resolve("empty"));

    assertRefused("empty", "neither a run's directory (it has no spec.yaml) nor a checkpoint");
    assertRefused("nowhere", "which does not exist");
  }

  private void assertRefused(String name, String problem) {
    Path path = directory.resolve(name);
    assertThatThrownBy(() -> Resumable.at(path))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("--resume: is " + path + ", ")
        .hasMessageContaining(problem);
  }
}
