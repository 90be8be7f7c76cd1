package dev.drey.job.run;

import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.ResumePoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** What to do after a run failed that was restored from a checkpoint. */
final class RestoreAdvice {

  private RestoreAdvice() {}

  /** How to go on if the checkpoint that the run started from is the cause of its failure. */
  static String of(PreparedRun run) {
    CheckpointIndex index =
        CheckpointIndex.of(run.directory(), run.specification(), run.flinkOptions());
    try {
      Optional<Path> from = run.resumed().map(ResumePoint::checkpoint);
      boolean hasOlder = index.complete().size() > 1;
      return from.isPresent() && from.equals(index.newest()) && hasOlder
          ? "; the run started from "
              + from.get()
              + " and has no newer checkpoint: if it is damaged, delete it, and --resume takes an"
              + " older one"
          : "";
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
