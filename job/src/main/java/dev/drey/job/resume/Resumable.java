package dev.drey.job.resume;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @throws SpecificationException if it is neither, or a finished run
   */
  static Resumable at(Path path) throws SpecificationException, IOException {
    if (path.endsWith("_metadata") && Files.isRegularFile(path)) {
      return new Saved(path.getParent());
    }
    if (CheckpointIndex.isComplete(path)) {
      return new Saved(path);
    }
    ModelDirectory directory = new ModelDirectory(path);
    // With both a model and a checkpoint, the program was killed while it ended: it can resume.
    if (Files.exists(directory.weights()) && new CheckpointIndex(path).newest().isEmpty()) {
      throw refused(
          path,
          "a finished run with its model, "
              + directory.weights()
              + "; a run that ends by itself, at its budget or at Ctrl-C leaves no checkpoint");
    }
    if (Files.exists(directory.specification())) {
      return new Run(path);
    }
    throw refused(
        path,
        Files.isDirectory(path)
            ? "neither a run's directory (it has no spec.yaml) nor a checkpoint or savepoint (it has"
                + " no _metadata)"
            : "which does not exist");
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
   * Chooses the state to resume from, and deletes what a killed program left incomplete. The caller
   * must hold the lock of {@link #directory}.
   *
   * @throws SpecificationException if there is no state yet
   */
  ResumePoint point() throws SpecificationException, IOException;

  /**
   * An unfinished run.
   *
   * @param path its directory
   */
  record Run(Path path) implements Resumable {

    @Override
    public Optional<Path> directory() {
      return Optional.of(path);
    }

    @Override
    public void check(RunSpecification now) throws SpecificationException {
      compare(now, new ModelDirectory(path).specification());
    }

    @Override
    public ResumePoint point() throws SpecificationException, IOException {
      CheckpointIndex index = new CheckpointIndex(path);
      Optional<Path> newest = index.newest();
      if (newest.isEmpty()) {
        throw refused(
            path,
            "which has no complete checkpoint (chk-<number>/_metadata) in "
                + index.directories()
                + "; start again without "
                + OPTION);
      }
      index.deleteAllBut(newest.get());
      // An old weights file would look like the result of the resumed run.
      Files.deleteIfExists(new ModelDirectory(path).weights());
      return new ResumePoint(
          newest.get(), ResumePoint.Owner.RUN, new GenerationIndex(path).of(newest.get()));
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
    public ResumePoint point() throws IOException {
      Optional<Path> run = run();
      return new ResumePoint(
          path,
          ResumePoint.Owner.USER,
          run.isPresent() ? new GenerationIndex(run.get()).of(path) : Optional.empty());
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
