package dev.drey.job.cli;

import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.ModelDirectory;
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

/** Chooses and creates the directory that a run writes to. */
final class RunDirectory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunDirectory() {}

  /**
   * The directory of a run: the value of --out, else the specification's, else runs/name-time.
   *
   * @throws SpecificationException if it cannot be made or written, or holds another run's model
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
   * @throws SpecificationException if it cannot be made or written, or holds another run's model
   */
  static ModelDirectory make(Path path, String key) throws SpecificationException {
    ModelDirectory directory = new ModelDirectory(path);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw refused(key, "is " + path + ", which cannot be made: " + e);
    }
    if (!Files.isWritable(path)) {
      throw refused(key, "is " + path + ", which cannot be written");
    }
    if (Files.exists(directory.weights())) {
      throw refused(key, "is " + path + ", which holds the model of another run");
    }
    return directory;
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
