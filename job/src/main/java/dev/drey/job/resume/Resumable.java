package dev.drey.job.resume;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the option {@code --resume} may name: a run, or a checkpoint or savepoint. */
public sealed interface Resumable {

  /** The name of the option, for messages. */
  String OPTION = "--resume";

  /**
   * Recognises a run's directory, or a directory with a checkpoint or savepoint.
   *
   * @param path absolute
   * @param roots directories that may contain checkpoints of the run, beside its own
   * @throws SpecificationException if it is neither, or a finished run
   */
  static Resumable at(Path path, List<Path> roots) throws SpecificationException, IOException {
    if (path.endsWith("_metadata") && Files.isRegularFile(path)) {
      return new Saved(path.getParent());
    }
    if (CheckpointIndex.isComplete(path)) {
      return new Saved(path);
    }
    ModelDirectory directory = new ModelDirectory(path);
    CheckpointIndex index = new CheckpointIndex(path, roots);
    checkInside(index);
    if (Files.exists(directory.weights()) && !directory.isEnding() && index.newest().isEmpty()) {
      throw refused(
          path,
          Files.exists(directory.summary())
              ? "a finished run with its model, "
                  + directory.weights()
                  + "; a run that ends by itself, at its budget or at Ctrl-C leaves no checkpoint"
              : "which has its model, "
                  + directory.weights()
                  + ", but no summary.json: its account of examples was not checked, and nothing"
                  + " is left to check it with");
    }
    if (Files.exists(directory.specification())) {
      return new Run(path, roots);
    }
    throw refused(
        path,
        Files.isDirectory(path)
            ? "neither a run's directory (it has no spec.yaml) nor a checkpoint or savepoint (it has"
                + " no _metadata)"
            : "which does not exist");
  }

  private static void checkInside(CheckpointIndex index)
      throws SpecificationException, IOException {
    List<Fault> faults = new ArrayList<>();
    for (String line : index.outside()) {
      faults.add(
          Fault.of(
              OPTION,
              "is "
                  + index.run()
                  + ", whose "
                  + CheckpointIndex.FILE
                  + " names "
                  + line
                  + ": not below the run's directory"
                  + (index.roots().isEmpty() ? "" : " or " + index.roots())
                  + ". Nothing there is read or deleted; if the checkpoints are there, set"
                  + " checkpoints.directory"));
    }
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  /** The directory of the run, or of the checkpoint or savepoint. */
  Path path();

  /** The directory of the run that continues; empty if a new run starts. */
  Optional<Path> directory();

  /**
   * Checks that a specification fits the state.
   *
   * @param now the new specification, completed with values computed from the data
   * @throws SpecificationException with every key that differs
   */
  void check(RunSpecification now) throws SpecificationException;

  /**
   * Chooses the state to resume from: the newest that can be restored. Deletes what a killed
   * program left incomplete, and checkpoints that are not needed any more. The caller must hold the
   * lock of {@link #directory}.
   *
   * @return empty if the job has ended, and only what follows it is missing
   * @throws SpecificationException if there is no state yet, or all is damaged
   */
  Optional<ResumePoint> point() throws SpecificationException, IOException;

  /**
   * An unfinished run.
   *
   * @param path its directory
   * @param roots directories that may contain its checkpoints, beside its own
   */
  record Run(Path path, List<Path> roots) implements Resumable {

    public Run {
      roots = List.copyOf(roots);
    }

    @Override
    public Optional<Path> directory() {
      return Optional.of(path);
    }

    @Override
    public void check(RunSpecification now) throws SpecificationException {
      compare(now, new ModelDirectory(path).specification());
    }

    @Override
    public Optional<ResumePoint> point() throws SpecificationException, IOException {
      CheckpointIndex index = new CheckpointIndex(path, roots);
      ModelDirectory directory = new ModelDirectory(path);
      List<Path> complete = index.complete();
      // With a model but no summary, the curve may lack lines that the checkpoint's job writes.
      if (directory.isEnding() && (complete.isEmpty() || Files.exists(directory.summary()))) {
        return Optional.empty();
      }
      if (complete.isEmpty()) {
        throw refused(
            path,
            "which has no complete checkpoint (chk-<number>/_metadata) in "
                + index.directories()
                + "; start again without "
                + OPTION);
      }
      return Optional.of(newestUndamaged(index, complete));
    }

    private ResumePoint newestUndamaged(CheckpointIndex index, List<Path> complete)
        throws SpecificationException, IOException {
      List<String> damaged = new ArrayList<>();
      for (int i = complete.size() - 1; i >= 0; i--) {
        Path checkpoint = complete.get(i);
        CheckpointReport report = CheckpointReport.of(checkpoint, new CheckpointSums(path));
        if (report.damage().isEmpty()) {
          // One older stays until the job has a newer one; so do the damaged ones, to be looked at.
          index.deleteAllBut(complete.subList(Math.max(0, i - 1), complete.size()));
          if (!report.hasEndedTasks()) {
            new ModelDirectory(path).deleteModel();
          }
          return new ResumePoint(
              checkpoint, ResumePoint.Owner.RUN, new GenerationIndex(path).of(checkpoint), damaged);
        }
        damaged.add("checkpoint " + checkpoint + " is damaged: " + report.damage().get());
      }
      throw new SpecificationException(
          damaged.stream()
              .map(damage -> Fault.of(OPTION, "is " + path + ", whose " + damage))
              .toList());
    }
  }

  /**
   * A checkpoint or savepoint.
   *
   * @param path its directory
   */
  record Saved(Path path) implements Resumable {

    /** Levels from a run's directory down to a checkpoint: checkpoints, job id, chk-1. */
    private static final int MOST_LEVELS = 3;

    @Override
    public Optional<Path> directory() {
      return Optional.empty();
    }

    /** Compares with the enclosing run, if there is one. Flink reports other differences. */
    @Override
    public void check(RunSpecification now) throws SpecificationException {
      Optional<Path> run = run();
      if (run.isPresent()) {
        compare(now, new ModelDirectory(run.get()).specification());
      }
    }

    @Override
    public Optional<ResumePoint> point() throws SpecificationException, IOException {
      Optional<Path> run = run();
      CheckpointReport report = CheckpointReport.of(path, new CheckpointSums(run.orElse(path)));
      if (report.damage().isPresent()) {
        throw refused(path, "which is damaged: " + report.damage().get());
      }
      return Optional.of(
          new ResumePoint(
              path,
              ResumePoint.Owner.USER,
              run.isPresent() ? new GenerationIndex(run.get()).of(path) : Optional.empty()));
    }

    /** The directory of the run that contains the checkpoint, if any. */
    private Optional<Path> run() {
      Path above = path.getParent();
      for (int i = 0; i < MOST_LEVELS && above != null; i++, above = above.getParent()) {
        if (Files.exists(new ModelDirectory(above).specification())) {
          return Optional.of(above);
        }
      }
      return Optional.empty();
    }
  }

  private static void compare(RunSpecification now, Path file) throws SpecificationException {
    List<Fault> faults = StateKeys.differences(now, RunSpecification.readBack(file), file);
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  private static SpecificationException refused(Path path, String problem) {
    return new SpecificationException(List.of(Fault.of(OPTION, "is " + path + ", " + problem)));
  }
}
