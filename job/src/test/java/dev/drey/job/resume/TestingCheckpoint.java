package dev.drey.job.resume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/** Writes checkpoints as Flink does, with one operator and one file of state. */
public final class TestingCheckpoint {

  /** The name of the file of state. */
  static final String STATE = "state";

  private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7, 8};

  private TestingCheckpoint() {}

  /** Writes one; returns its directory, which is made. */
  public static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = Files.write(directory.resolve(STATE), CONTENT);
    OperatorState operator = new OperatorState("server", "server", new OperatorID(1, 2), 1, 128);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                new OperatorStreamStateHandle(
                    Map.of(
                        "list",
                        new OperatorStateHandle.StateMetaInfo(
                            new long[] {0}, OperatorStateHandle.Mode.SPLIT_DISTRIBUTE)),
                    new FileStateHandle(
                        new org.apache.flink.core.fs.Path(file.toUri()), CONTENT.length)))
            .build());
    CheckpointMetadata metadata =
        new CheckpointMetadata(
            7,
            List.of(operator),
            List.of(),
            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION));
    try (OutputStream out = Files.newOutputStream(directory.resolve("_metadata"))) {
      Checkpoints.storeCheckpointMetadata(metadata, out);
    }
    return directory;
  }

  /** Cuts the metadata of a checkpoint in half. */
  public static void cutMetadata(Path checkpoint) throws IOException {
    Path metadata = checkpoint.resolve("_metadata");
    byte[] bytes = Files.readAllBytes(metadata);
    Files.write(metadata, Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** Changes one bit of a file. */
  static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
