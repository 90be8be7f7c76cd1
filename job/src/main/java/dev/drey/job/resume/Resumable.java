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

/** What a user may name to go on from. */
public sealed interface Resumable {

  /** The option that names it, in messages. */
  String OPTION = "--resume";

  /**
   * Recognises a run's directory, or a directory with a checkpoint or savepoint.
   *
   * @param path absolute
   * @throws SpecificationException if it is neither, or a run that has ended
   */
  static Resumable at(Path path) throws SpecificationException, IOException {
    if (path.endsWith("_metadata") && Files.isRegularFile(path)) {
      return new Saved(path.getParent());
    }
    if (CheckpointIndex.isComplete(path)) {
      return new Saved(path);
    }
    ModelDirectory directory = new ModelDirectory(path);
    // With a checkpoint beside its model, the program was killed while it ended.
    if (Files.exists(directory.weights()) && new CheckpointIndex(path).newest().isEmpty()) {
      throw refused(
          path,
          "which has ended and has its model, "
              + directory.weights()
              + "; a run that ends by itself, at its budget or at Ctrl-C leaves no checkpoint");
    }
    if (Files.exists(directory.specification())) {
      return new Run(path);
    }
    throw refused(
        path,
        Files.isDirectory(path)
            ? "which is neither a run's directory (it has no spec.yaml) nor a checkpoint or"
                + " savepoint (it has no _metadata)"
            : "which is not there");
  }

  /** The directory that it goes on in, if it has one of its own. */
  Optional<Path> directory();

  /**
   * Proves that a specification fits the state.
   *
   * @param now with what was learnt from the data written into it
   * @throws SpecificationException with every key that does not
   */
  void check(RunSpecification now) throws SpecificationException;

  /**
   * Chooses the state to go on from, and deletes what a killed program left half done. The lock of
   * {@link #directory} must be held.
   *
   * @throws SpecificationException if there is none yet
   */
  ResumePoint point() throws SpecificationException, IOException;

  /**
   * A run that did not end.
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
            "which has no complete checkpoint, looked for as chk-<number>/_metadata in "
                + index.directories()
                + "; start it anew without "
                + OPTION);
      }
      index.deleteAllBut(newest.get());
      // Else it would stand for the one that this run is to end with.
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

    /** From a run's directory down to its checkpoints: checkpoints, the job's, chk-1. */
    private static final int MOST_LEVELS = 3;

    @Override
    public Optional<Path> directory() {
      return Optional.empty();
    }

    /** Compares with the run that it lies in, if it lies in one. What else differs, Flink tells. */
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

    /** The directory of the run that it lies in, if it lies in one. */
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
