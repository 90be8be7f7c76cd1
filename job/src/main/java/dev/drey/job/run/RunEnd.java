package dev.drey.job.run;

import dev.drey.job.model.AtomicFile;
import dev.drey.job.model.Durable;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.RunNotes;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.server.ProgressFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What follows when the job of a run has ended with its model. A kill may come between any two
 * steps, and within one: the last progress is kept until all are done, each may be repeated, and
 * {@code --resume} repeats all of them.
 */
final class RunEnd {

  /** The steps, in order. */
  enum Step {
    /** The last progress is saved once more, now with all costs of the bill. */
    PROGRESS,
    /** The account of examples is checked, and the summary written. */
    SUMMARY,
    /** What is left of checkpoints is deleted, the list of them, and the bill. */
    CHECKPOINTS,
    /** Temporary files are deleted. */
    TEMPORARY_FILES,
    /** The last progress is deleted: the run has ended. */
    END
  }

  private final PreparedRun run;
  private final TrainingLoop loop;
  private final ModelDirectory directory;
  private final Consumer<Step> after;

  /**
   * @param after called after each step
   */
  RunEnd(PreparedRun run, TrainingLoop loop, Consumer<Step> after) {
    this.run = run;
    this.loop = loop;
    this.directory = new ModelDirectory(run.directory());
    this.after = after;
  }

  /** Whether the job has ended, and this is what is missing. */
  boolean isPending() {
    return run.resumed().isEmpty() && directory.isEnding();
  }

  /**
   * The progress that the model's files were saved with.
   *
   * @throws IOException if it is damaged; the message names the file
   */
  Progress savedProgress() throws IOException {
    try {
      return ProgressFormat.of(Files.readAllBytes(directory.lastProgress()));
    } catch (IOException e) {
      throw new IOException(directory.lastProgress() + " cannot be read: " + e, e);
    }
  }

  /**
   * Does all steps for a program that was killed. That the user had stopped the run is known from
   * its length alone.
   */
  Outcome finish() throws IOException, RunFailedException {
    Progress last = savedProgress();
    TrainingInput input = loop.input();
    boolean stopped =
        input.hasEpochs()
            && last.version() < input.steps()
            && !loop.budget().exhausted(last.spent());
    noteMissingSteps(last.version());
    return finish(last, stopped);
  }

  /**
   * A program that is killed before its first checkpoint may have saved the model and not yet the
   * last lines of the curve, which nothing can write again.
   */
  private void noteMissingSteps(long steps) throws IOException {
    Path curve = directory.curve();
    List<String> lines = Files.exists(curve) ? Files.readAllLines(curve) : List.of();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).split(",", 2)[0];
    if (!last.equals(String.valueOf(steps))) {
      RunNotes.beside(curve)
          .add(
              "%s has no line for step %d, the last of the run: the program was killed before it"
                      .formatted(curve, steps)
                  + " was written");
    }
  }

  /**
   * Does all steps.
   *
   * @param reported progress of the job
   * @param stopped whether the user stopped it
   * @throws RunFailedException if the account of examples does not balance
   */
  Outcome finish(Progress reported, boolean stopped) throws IOException, RunFailedException {
    FinalBill bill = new FinalBill(run.directory());
    Progress last = bill.complete(reported);
    AtomicFile.write(directory.lastProgress(), ProgressFormat.toBytes(last));
    after.accept(Step.PROGRESS);
    Outcome outcome = Outcome.of(last, loop, run, stopped);
    outcome.summary().write(directory.summary());
    after.accept(Step.SUMMARY);
    CheckpointIndex.of(run.directory(), run.specification(), run.flinkOptions()).clear();
    bill.delete();
    after.accept(Step.CHECKPOINTS);
    new TemporaryFiles(run.directory()).delete();
    after.accept(Step.TEMPORARY_FILES);
    Durable.delete(directory.lastProgress());
    after.accept(Step.END);
    return outcome;
  }
}
