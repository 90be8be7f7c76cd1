package dev.drey.job.resume;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;

/**
 * Whether a checkpoint or savepoint can be restored, found without starting a job: by the checksums
 * that were taken when it was complete, if there are any, by its metadata, and by the lengths of
 * the files that the metadata names.
 *
 * <p>Metadata are deserialized as Flink does it: they must come from a place that the user trusts.
 *
 * @param damage what is wrong; empty if nothing is
 * @param hasEndedTasks whether it was taken when the job was ending: a job that starts from it does
 *     not write its model again
 */
record CheckpointReport(Optional<String> damage, boolean hasEndedTasks) {

  /** Reads a checkpoint's directory. */
  static CheckpointReport of(Path checkpoint, CheckpointSums sums) {
    try {
      Optional<String> difference = sums.difference(checkpoint);
      if (difference.isPresent()) {
        return new CheckpointReport(difference, false);
      }
    } catch (IOException e) {
      return damaged(e.toString());
    }
    CheckpointMetadata metadata;
    try {
      metadata = metadata(checkpoint);
      // Any bytes may stand for a length, or for a class.
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      return damaged("its _metadata cannot be read: " + e);
    }
    try {
      Optional<String> missing =
          handles(metadata).flatMap(handle -> shortage(handle).stream()).findFirst();
      return new CheckpointReport(
          missing, metadata.getOperatorStates().stream().anyMatch(OperatorState::isFullyFinished));
    } catch (UncheckedIOException e) {
      return damaged(e.getCause().toString());
    }
  }

  private static CheckpointReport damaged(String what) {
    return new CheckpointReport(Optional.of(what), false);
  }

  private static CheckpointMetadata metadata(Path checkpoint) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(checkpoint.resolve("_metadata"))))) {
      return Checkpoints.loadCheckpointMetadata(
          in, CheckpointReport.class.getClassLoader(), checkpoint.toUri().toString());
    }
  }

  private static Stream<StreamStateHandle> handles(CheckpointMetadata metadata) {
    return metadata.getOperatorStates().stream()
        .filter(operator -> !operator.isFullyFinished())
        .flatMap(
            operator ->
                operator.getStates().stream()
                    .map(OperatorSubtaskState::getDiscardables)
                    .flatMap(objects -> objects.stream()))
        .flatMap(CheckpointReport::streams);
  }

  private static Stream<StreamStateHandle> streams(StateObject object) {
    if (object instanceof StreamStateHandle handle) {
      return Stream.of(handle);
    }
    return object instanceof IncrementalRemoteKeyedStateHandle incremental
        ? incremental.streamSubHandles()
        : Stream.empty();
  }

  /** Whether the file of a state is missing, or too short. */
  private static Optional<String> shortage(StreamStateHandle handle) {
    Optional<org.apache.flink.core.fs.Path> path = handle.maybeGetPath();
    if (path.isEmpty()) {
      return Optional.empty(); // the state is in the metadata
    }
    try {
      FileStatus status = path.get().getFileSystem().getFileStatus(path.get());
      return status.getLen() >= handle.getStateSize()
          ? Optional.empty()
          : Optional.of(
              "%s has %d bytes, must have %d"
                  .formatted(path.get().getName(), status.getLen(), handle.getStateSize()));
    } catch (FileNotFoundException e) {
      return Optional.of(path.get().getName() + " is missing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
