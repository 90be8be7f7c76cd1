package dev.drey.job.resume;

import dev.drey.operators.loop.Generation;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * The state that a run goes on from.
 *
 * @param checkpoint directory of a checkpoint or savepoint, which holds its {@code _metadata}
 * @param owner whose it is from now on
 * @param generation whose state it is; nothing for that which a run starts with
 */
public record ResumePoint(Path checkpoint, Owner owner, Optional<Generation> generation) {

  /** Who deletes a checkpoint that is no longer needed. */
  public enum Owner {
    /** The run that it was made by, and that goes on: its next checkpoint takes its place. */
    RUN,
    /** The user: it is read, and stays as it is. */
    USER
  }

  /** For Flink: all of the state must find its operator. */
  public SavepointRestoreSettings settings() {
    RecoveryClaimMode mode =
        owner == Owner.RUN ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM;
    return SavepointRestoreSettings.forPath(checkpoint.toUri().toString(), false, mode);
  }
}
