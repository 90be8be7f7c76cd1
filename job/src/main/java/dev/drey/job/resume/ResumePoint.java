package dev.drey.job.resume;

import dev.drey.operators.loop.Generation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * The state from which a run resumes.
 *
 * @param checkpoint directory of a checkpoint or savepoint, which holds its {@code _metadata}
 * @param owner owner of the checkpoint from now on
 * @param generation that wrote the state; empty for the first generation of a run
 * @param passedOver newer checkpoints that cannot be restored, a sentence each
 */
public record ResumePoint(
    Path checkpoint, Owner owner, Optional<Generation> generation, List<String> passedOver) {

  public ResumePoint {
    passedOver = List.copyOf(passedOver);
  }

  /** From the newest checkpoint. */
  public ResumePoint(Path checkpoint, Owner owner, Optional<Generation> generation) {
    this(checkpoint, owner, generation, List.of());
  }

  /** Who owns a checkpoint, and deletes it when it is no longer needed. */
  public enum Owner {
    /** The run that made it and resumes from it: the next checkpoint replaces it. */
    RUN,
    /** The user: the run only reads it. */
    USER
  }

  /** Settings for Flink. All state must have an operator: none may be dropped. */
  public SavepointRestoreSettings settings() {
    RecoveryClaimMode mode =
        owner == Owner.RUN ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM;
    return SavepointRestoreSettings.forPath(checkpoint.toUri().toString(), false, mode);
  }
}
