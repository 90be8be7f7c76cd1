package dev.drey.job.cli;

import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.Resumable;
import dev.drey.job.resume.RunLock;
import dev.drey.job.run.RunIdFile;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses and creates the directory that a run writes to. */
final class RunDirectory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /** Names of files in a message. */
  private static final int SHOWN = 3;

  private RunDirectory() {}

  /**
   * The directory of a run: the value of --out, else the specification's, else runs/name-time.
   *
   * @throws SpecificationException if it cannot be made or written, holds files that are not a
   *     run's, or the model of another run
   */
  static ModelDirectory make(Optional<Path> out, RunSpecification specification, Shell shell)
      throws SpecificationException {
    String key = out.isPresent() ? "--out" : "output.directory";
    Path path =
        out.or(() -> specification.output().directory())
            .map(chosen -> shell.directory().resolve(chosen).normalize())
            .orElseGet(() -> unused(specification.name(), shell));
    return make(path, key);
  }

  /**
   * Creates a directory, if it does not exist.
   *
   * @param key that names it
   * @throws SpecificationException if it cannot be made or written, holds files that are not a
   *     run's, or the model of another run
   */
  static ModelDirectory make(Path path, String key) throws SpecificationException {
    ModelDirectory directory = new ModelDirectory(path);
    try {
      Files.createDirectories(path);
      if (!Files.isWritable(path)) {
        throw refused(key, "is " + path + ", which cannot be written");
      }
      checkOwn(directory, key);
      var unusedId = RunIdFile.readOrCreate(path); // from now on it is a run's
    } catch (IOException e) {
      throw refused(key, "is " + path + ", which cannot be made: " + e);
    }
    return directory;
  }

  /** Nothing but a run's own files may be overwritten, and no model even of a run. */
  private static void checkOwn(ModelDirectory directory, String key)
      throws SpecificationException, IOException {
    Path path = directory.path();
    if (directory.isEnding()) {
      throw refused(
          key,
          "is "
              + path
              + ", which holds the model of another run, killed while it ended: "
              + Resumable.OPTION
              + " finishes it");
    }
    if (Files.exists(directory.weights())) {
      throw refused(key, "is " + path + ", which holds the model of another run");
    }
    if (!RunIdFile.isIn(path) && !RunLock.isIn(path)) {
      List<String> files = files(path);
      if (!files.isEmpty()) {
        throw refused(
            key,
            "is "
                + path
                + ", which is not a run's and holds "
                + String.join(", ", files)
                + "; choose a new or an empty directory");
      }
    }
  }

  /**
   * Checks that a new run loses no state of another. The caller holds the lock of the directory.
   *
   * @throws SpecificationException if there is a checkpoint
   */
  static void checkUnused(CheckpointIndex index) throws SpecificationException, IOException {
    if (index.newest().isPresent()) {
      throw refused(
          "--out",
          "is "
              + index.run()
              + ", which holds a run that has not ended: go on with "
              + Resumable.OPTION
              + ", or choose another directory");
    }
  }

  /** The names of some files in a directory. */
  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> some =
          files.map(file -> file.getFileName().toString()).sorted().limit(SHOWN + 1L).toList();
      return some.size() <= SHOWN
          ? some
          : Stream.concat(some.stream().limit(SHOWN), Stream.of("...")).toList();
    }
  }

  /**
   * The directory of a resumed run.
   *
   * @throws SpecificationException if --out names another one
   */
  static ModelDirectory again(Path run, Optional<Path> out, Shell shell)
      throws SpecificationException {
    Optional<Path> other =
        out.map(chosen -> shell.directory().resolve(chosen).normalize())
            .filter(chosen -> !chosen.equals(run));
    if (other.isPresent()) {
      throw refused("--out", "is " + other.get() + ", but --resume goes on in " + run);
    }
    return new ModelDirectory(run);
  }

  private static Path unused(String name, Shell shell) {
    String stem = name + "-" + LocalDateTime.now(shell.clock()).format(TIME);
    Path runs = shell.directory().resolve("runs");
    Path path = runs.resolve(stem);
    for (int i = 2; Files.exists(path); i++) {
      path = runs.resolve(stem + "-" + i);
    }
    return path;
  }

  private static SpecificationException refused(String key, String problem) {
    return new SpecificationException(List.of(Fault.of(key, problem)));
  }
}
